import { ListSkeleton } from "@/components/lists/list-skeleton";

export default function OperationsLoading() {
  return <ListSkeleton title="Operations" />;
}
