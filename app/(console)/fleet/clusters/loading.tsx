import { ListSkeleton } from "@/components/lists/list-skeleton";

export default function ClustersLoading() {
  return <ListSkeleton title="Clusters" facets={2} />;
}
