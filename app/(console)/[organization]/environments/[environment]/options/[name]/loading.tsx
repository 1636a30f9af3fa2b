import { OptionsSkeleton } from "@/components/options/options-skeleton";

export default function Loading() {
  return <OptionsSkeleton />;
}
