import { ListSkeleton } from "@/components/lists/list-skeleton";
import { serviceDescription } from "@/components/services/service-words";

export default function ServicesLoading() {
  return <ListSkeleton title="Services" facets={0} description={serviceDescription} />;
}
