import { OverviewSkeleton } from "@/components/environments/environment-skeletons";

export default function Loading() {
  return <OverviewSkeleton />;
}
