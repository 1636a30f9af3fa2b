import { ListSkeleton } from "@/components/lists/list-skeleton";
import { auditDescription } from "@/components/audit/audit-words";

export default function Loading() {
  return <ListSkeleton title="Audit" description={auditDescription} facets={3} />;
}
