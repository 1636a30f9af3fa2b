import { Page } from "@/components/shell/page";
import { Skeleton } from "@/components/ui/skeleton";

export const resolveTexts = {
  title: "Resolve",
  description:
    "Whose is a request, and why? Paste one and see the way it takes through a service: by the code that services run, over the catalog as it is now. Nothing of it is kept.",
};

/** The shape of the page while it is on its way. */
export function ResolveSkeleton() {
  return (
    <Page {...resolveTexts}>
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[25rem_minmax(0,1fr)]">
        <Skeleton className="h-[30rem] w-full rounded-md" />
        <Skeleton className="h-60 w-full rounded-md" />
      </div>
    </Page>
  );
}
