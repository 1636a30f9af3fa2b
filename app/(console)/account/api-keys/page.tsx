import type { Metadata } from "next";
import { ApiKeyList } from "@/components/api-keys/api-key-list";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  await getQueryClient().prefetchQuery(api.apiKeys.list.queryOptions({}));
  return (
    <Hydrate>
      <ApiKeyList />
    </Hydrate>
  );
}
