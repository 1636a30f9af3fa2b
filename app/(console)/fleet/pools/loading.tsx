import { ListSkeleton } from "@/components/lists/list-skeleton";
import { poolDescription } from "@/components/pools/pool-words";

export default function PoolsLoading() {
  return <ListSkeleton title="Pools" description={poolDescription} />;
}
