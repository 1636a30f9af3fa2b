import { ListSkeleton } from "@/components/lists/list-skeleton";

export default function FindingsLoading() {
  return <ListSkeleton title="Findings" />;
}
