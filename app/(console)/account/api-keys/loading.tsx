import { ApiKeySkeleton } from "@/components/api-keys/api-key-skeleton";

export default function ApiKeysLoading() {
  return <ApiKeySkeleton />;
}
