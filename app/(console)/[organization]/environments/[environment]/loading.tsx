import { OverviewSkeleton } from "@/components/environments/overview-skeleton";

export default function Loading() {
  return <OverviewSkeleton />;
}
