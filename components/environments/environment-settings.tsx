"use client";

import { useState } from "react";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { environmentRefusal } from "@/server/domain/environments/state";
import type { OrganizationRole } from "@/server/kernel/roles";
import { DeleteEnvironmentDialog } from "./delete-environment-dialog";
import { RecoverButton } from "./environment-buttons";
import { LoadError } from "@/components/api/load-error";
import { PanelsSkeleton } from "./environment-skeletons";
import { EnvironmentStatusDot } from "./environment-status";
import { GeneralSettings } from "./general-settings";
import { PurgeEnvironmentDialog } from "./purge-environment-dialog";
import { environmentRoleRefusal } from "./role-refusal";
import { ServiceSettings } from "./service-settings";
import { SettingRow } from "./setting-row";
import { StandingSettings } from "./standing-settings";
import { useEnvironment, type EnvironmentDetail } from "./use-environment";

interface EnvironmentSettingsProps {
  organization: { slug: string; role: OrganizationRole };
  environmentId: string;
}

/** Everything that can be changed about an environment, the dangerous last. */
export function EnvironmentSettings({ organization, environmentId }: EnvironmentSettingsProps) {
  const query = useEnvironment(organization.slug, environmentId);
  const environment = query.data;
  if (!environment) {
    return query.error ? (
      <LoadError what="environment" query={query} />
    ) : (
      <PanelsSkeleton label="Loading settings" titles={["Name and description", "Service"]} />
    );
  }
  return (
    <Page
      title="Settings"
      width="prose"
      badges={
        <span className="text-table">
          <EnvironmentStatusDot status={environment.status} />
        </span>
      }
    >
      <GeneralSettings environment={environment} />
      <StandingSettings environment={environment} organizationRole={organization.role} />
      <ServiceSettings environment={environment} />
      <Deletion environment={environment} />
    </Page>
  );
}

function Deletion({ environment }: { environment: EnvironmentDetail }) {
  const [asked, setAsked] = useState<"delete" | "purge" | null>(null);
  const close = (open: boolean) => !open && setAsked(null);
  const isDeleted = environment.status === "deleted";
  const what = isDeleted ? "purge" : "delete";
  return (
    <Panel title="Danger" danger flush>
      {isDeleted && (
        <SettingRow title="Recover" action={<RecoverButton environment={environment} />}>
          Puts it back into use as it was, with its data and its credentials.
        </SettingRow>
      )}
      <SettingRow
        title={isDeleted ? "Delete for good" : "Delete"}
        action={
          <Button
            variant="danger"
            disabledReason={
              environmentRoleRefusal(environment.role, "environment.delete") ??
              environmentRefusal(what, environment)
            }
            onClick={() => setAsked(what)}
          >
            {isDeleted ? "Delete for good…" : "Delete…"}
          </Button>
        }
      >
        {consequence(environment)}
      </SettingRow>
      <DeleteEnvironmentDialog environment={environment} open={asked === "delete"} onOpenChange={close} />
      <PurgeEnvironmentDialog environment={environment} open={asked === "purge"} onOpenChange={close} />
    </Panel>
  );
}

function consequence({ status, recoveryDays }: EnvironmentDetail): string {
  if (status === "deleted" || recoveryDays === 0)
    return "Removes the database with everything in it, and the environment. This cannot be taken back.";
  const days = recoveryDays === 1 ? "1 day" : `${recoveryDays} days`;
  return `Refuses services and credentials at once. The data is kept for ${days}, in which it can be recovered.`;
}
