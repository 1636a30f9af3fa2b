import { ListSkeleton } from "@/components/environments/environment-skeletons";

export default function Loading() {
  return <ListSkeleton label="Loading options" />;
}
