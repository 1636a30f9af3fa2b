import { ListSkeleton } from "@/components/environments/environment-skeletons";

/** The shape of the page while it is on its way. */
export function ConnectSkeleton() {
  return <ListSkeleton label="Loading the connection" />;
}
