import { ListSkeleton } from "@/components/lists/list-skeleton";
import { packageDescription } from "@/components/packages/package-words";

export default function PackagesLoading() {
  return <ListSkeleton title="Packages" facets={0} description={packageDescription} />;
}
