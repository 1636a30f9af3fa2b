import { ListSkeleton } from "@/components/lists/list-skeleton";
import { membersDescription } from "@/components/members/members-words";

export default function Loading() {
  return (
    <ListSkeleton
      title="Members"
      description={membersDescription}
      tabs={<div className="h-9 border-b border-line" />}
    />
  );
}
