import { OverviewSkeleton } from "@/components/organizations/overview-skeleton";

export default function Loading() {
  return <OverviewSkeleton />;
}
