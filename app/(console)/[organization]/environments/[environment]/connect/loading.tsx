import { ConnectSkeleton } from "@/components/credentials/connect-skeleton";

export default function Loading() {
  return <ConnectSkeleton />;
}
