import { PlacementSkeleton } from "@/components/placement/placement-skeleton";

export default function PlacementLoading() {
  return <PlacementSkeleton />;
}
