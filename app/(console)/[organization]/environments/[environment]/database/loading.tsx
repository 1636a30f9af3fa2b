import { DatabaseSkeleton } from "@/components/databases/database-skeleton";

export default function Loading() {
  return <DatabaseSkeleton />;
}
