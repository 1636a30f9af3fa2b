import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";
import { AccountTabs } from "./account-tabs";

/** The shape of the account page while it is on its way. */
export function AccountSkeleton() {
  return (
    <Page title="Account" width="prose" tabs={<AccountTabs />}>
      <Skeleton className="h-48 w-full rounded-md" />
      <Skeleton className="h-28 w-full rounded-md" />
      <Skeleton className="h-64 w-full rounded-md" />
    </Page>
  );
}
