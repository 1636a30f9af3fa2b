import { ListSkeleton } from "@/components/lists/list-skeleton";

export default function OrganizationsLoading() {
  return <ListSkeleton title="Organizations" />;
}
