import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { AuditTable } from "@/components/audit/audit-table";
import { auditDescription } from "@/components/audit/audit-words";
import { auditListParams } from "@/components/audit/list-params";
import { listInput } from "@/components/lists/list-params";
import { ForAdmins } from "@/components/organizations/for-admins";
import { Page } from "@/components/shell/page";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { organizationRoleMay } from "@/server/kernel/roles";
import { requireOrganization } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Audit" };

const load = createLoader(auditListParams);

interface Props {
  params: Promise<{ organization: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function AuditPage({ params, searchParams }: Props) {
  const { slug, name, role } = await requireOrganization((await params).organization);
  if (!organizationRoleMay(role, "audit.read")) {
    return (
      <Page title="Audit" description={auditDescription}>
        <ForAdmins organization={slug}>
          The trail says who did what, from where and when, so only owners and admins of {name} read it. Ask
          one of them for what you need.
        </ForAdmins>
      </Page>
    );
  }
  const input = { organization: slug, ...listInput(await load(searchParams)) };
  await getQueryClient().prefetchQuery(api.audit.list.queryOptions(input));
  return (
    <Hydrate>
      <AuditTable organization={{ slug, name }} />
    </Hydrate>
  );
}
