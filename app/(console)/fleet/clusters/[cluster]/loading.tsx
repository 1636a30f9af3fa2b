import { PlaceSkeleton } from "@/components/placement/place-skeleton";

export default function ClusterLoading() {
  return <PlaceSkeleton what="Cluster" />;
}
