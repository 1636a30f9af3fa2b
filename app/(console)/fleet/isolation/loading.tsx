import { ListSkeleton } from "@/components/lists/list-skeleton";

export default function IsolationLoading() {
  return <ListSkeleton title="Isolation" />;
}
