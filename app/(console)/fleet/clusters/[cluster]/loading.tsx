import { ClusterSkeleton } from "@/components/clusters/cluster-skeleton";

export default function ClusterLoading() {
  return <ClusterSkeleton />;
}
