import { ResolveSkeleton } from "@/components/resolution/resolve-skeleton";

export default function ResolveLoading() {
  return <ResolveSkeleton />;
}
