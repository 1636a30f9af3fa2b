import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { listInput } from "@/components/lists/list-params";
import { memberListParams } from "@/components/members/list-params";
import { ownersInput } from "@/components/members/owners-input";
import { MemberTable } from "@/components/members/member-table";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requireOrganization } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Members" };

const load = createLoader(memberListParams);

interface Props {
  params: Promise<{ organization: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function MembersPage({ params, searchParams }: Props) {
  const { slug, name, role } = await requireOrganization((await params).organization);
  const input = { organization: slug, ...listInput(await load(searchParams)) };
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(api.members.list.queryOptions(input)),
    queries.prefetchQuery(api.members.list.queryOptions(ownersInput(slug))),
  ]);
  return (
    <Hydrate>
      <MemberTable organization={{ slug, name, role }} />
    </Hydrate>
  );
}
