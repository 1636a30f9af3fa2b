import type { Metadata } from "next";
import { CreateEnvironmentForm } from "@/components/environments/create-environment-form";
import { isRegion } from "@/components/environments/regions";
import { ForAdmins } from "@/components/organizations/for-admins";
import { Page } from "@/components/shell/page";
import { regions } from "@/server/domain/environments/names";
import { organizationRoleMay } from "@/server/kernel/roles";
import { createEnvironment } from "@/app/(console)/actions";
import { requireOrganization, requirePerson } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Create environment" };

interface Props {
  params: Promise<{ organization: string }>;
}

export default async function NewEnvironmentPage({ params }: Props) {
  const { slug, name, role, region } = await requireOrganization((await params).organization);
  const { isOperator } = await requirePerson();
  const mayCreate = organizationRoleMay(role, "environment.create");
  return (
    <Page
      title="Create environment"
      description="An environment owns data: it gets a database, a host name and members of its own."
    >
      {mayCreate ? (
        <CreateEnvironmentForm
          organization={{ slug, name, region: isRegion(region) ? region : regions[0] }}
          isOperator={isOperator}
          create={createEnvironment}
        />
      ) : (
        <ForAdmins organization={slug}>
          Only owners and admins of {name} create environments. Ask one of them for the one you need.
        </ForAdmins>
      )}
    </Page>
  );
}
