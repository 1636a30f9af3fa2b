import { PlaceSkeleton } from "@/components/placement/place-skeleton";

export default function PoolLoading() {
  return <PlaceSkeleton what="Pool" />;
}
