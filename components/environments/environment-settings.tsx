"use client";

import { useState } from "react";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { environmentRefusal } from "@/server/domain/environments/state";
import type { OrganizationRole } from "@/server/kernel/roles";
import { DeleteEnvironmentDialog } from "./delete-environment-dialog";
import { EnvironmentError } from "./environment-error";
import { PanelsSkeleton } from "./environment-skeletons";
import { EnvironmentStatusDot } from "./environment-status";
import { GeneralSettings } from "./general-settings";
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
      <EnvironmentError query={query} />
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
  const [open, setOpen] = useState(false);
  return (
    <Panel title="Danger" danger flush>
      <SettingRow
        title="Delete"
        action={
          <Button
            variant="danger"
            disabledReason={
              environmentRoleRefusal(environment.role, "environment.delete") ??
              environmentRefusal("delete", environment)
            }
            onClick={() => setOpen(true)}
          >
            Delete…
          </Button>
        }
      >
        Removes the database with everything in it, and the environment. This cannot be taken back.
      </SettingRow>
      <DeleteEnvironmentDialog environment={environment} open={open} onOpenChange={setOpen} />
    </Panel>
  );
}
