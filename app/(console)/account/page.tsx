import type { Metadata } from "next";
import { AccountPage } from "@/components/account/account-page";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";

export const metadata: Metadata = { title: "Account" };

export default async function Account() {
  await getQueryClient().prefetchQuery(api.navigation.me.queryOptions({}));
  return (
    <Hydrate>
      <AccountPage />
    </Hydrate>
  );
}
