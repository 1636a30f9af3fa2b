import { FleetOverviewSkeleton } from "@/components/fleet/fleet-overview-skeleton";

export default function FleetLoading() {
  return <FleetOverviewSkeleton />;
}
