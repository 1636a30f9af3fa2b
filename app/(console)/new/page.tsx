import type { Metadata } from "next";
import { CreateOrganizationForm } from "@/components/organizations/create-organization-form";
import { InvitedOnly } from "@/components/organizations/invited-only";
import { Page } from "@/components/shell/page";
import { api, getQueryClient } from "@/server/api/server";
import { requirePerson } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "New organization" };

export default async function NewOrganizationPage() {
  const queries = getQueryClient();
  const [person, entrance, mine] = await Promise.all([
    requirePerson(),
    queries.fetchQuery(api.settings.entrance.queryOptions({})),
    queries.fetchQuery(api.organizations.list.queryOptions({ limit: 1 })),
  ]);
  const isFirst = mine.total === 0;
  const mayCreate = person.isOperator || entrance.signUp === "open";
  return (
    <div className="mx-auto w-full max-w-[640px]">
      <Page
        title={isFirst && mayCreate ? "Create your organization" : "New organization"}
        description={
          isFirst
            ? "You belong to no organization yet."
            : "An organization has members and environments of its own."
        }
      >
        {mayCreate ? <CreateOrganizationForm /> : <InvitedOnly email={person.email} isFirst={isFirst} />}
      </Page>
    </div>
  );
}
