import { AccountTabs } from "@/components/account/account-tabs";
import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of the list of keys while it is on its way. */
export function ApiKeySkeleton() {
  return (
    <Page title="Account" tabs={<AccountTabs />}>
      <Skeleton className="h-4 w-full max-w-[60ch]" />
      <div className="flex flex-col gap-2">
        {["w-2/5", "w-1/3", "w-1/2"].map((width) => (
          <Skeleton key={width} className={`h-3 ${width}`} />
        ))}
      </div>
    </Page>
  );
}
