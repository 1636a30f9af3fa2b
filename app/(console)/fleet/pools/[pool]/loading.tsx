import { PoolSkeleton } from "@/components/pools/pool-skeleton";

export default function PoolLoading() {
  return <PoolSkeleton />;
}
