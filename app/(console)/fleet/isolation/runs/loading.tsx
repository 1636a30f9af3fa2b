import { ListSkeleton } from "@/components/lists/list-skeleton";

export default function IsolationRunsLoading() {
  return <ListSkeleton title="Isolation" />;
}
