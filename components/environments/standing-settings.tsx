"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { environmentRefusal } from "@/server/domain/environments/state";
import type { OrganizationRole } from "@/server/kernel/roles";
import { MutationError } from "./mutation-error";
import { organizationRoleRefusal } from "./role-refusal";
import { SettingRow } from "./setting-row";
import { useEnvironmentRefresh, type EnvironmentDetail } from "./use-environment";

interface StandingSettingsProps {
  environment: EnvironmentDetail;
  organizationRole: OrganizationRole;
}

/** What only admins of the organization decide: which environment is the default, and which is protected. */
export function StandingSettings({ environment, organizationRole }: StandingSettingsProps) {
  const trpc = useTRPC();
  const refresh = useEnvironmentRefresh();
  const setDefault = useMutation(trpc.environments.setDefault.mutationOptions({ onSuccess: refresh }));
  const protect = useMutation(trpc.environments.protect.mutationOptions({ onSuccess: refresh }));
  const { id, isProtected, isDefault } = environment;
  return (
    <Panel title="Standing in the organization" flush>
      <SettingRow
        title={isDefault ? "Default environment" : "Make default"}
        action={
          <Button
            loading={setDefault.isPending}
            loadingLabel="Making default…"
            disabledReason={
              organizationRoleRefusal(organizationRole, "environment.set_default") ??
              environmentRefusal("setDefault", environment)
            }
            onClick={() => setDefault.mutate({ environment: id })}
          >
            Make default
          </Button>
        }
      >
        {isDefault
          ? "An organization has exactly one. Making another one the default ends this."
          : "An organization has exactly one. The present default steps down in the same moment."}
      </SettingRow>
      <SettingRow
        title={isProtected ? "Protected" : "Protect"}
        action={
          <Button
            loading={protect.isPending}
            loadingLabel={isProtected ? "Lifting protection…" : "Protecting…"}
            disabledReason={
              organizationRoleRefusal(organizationRole, "environment.protect") ??
              environmentRefusal("protect", environment)
            }
            onClick={() => protect.mutate({ environment: id, isProtected: !isProtected })}
          >
            {isProtected ? "Lift protection" : "Protect"}
          </Button>
        }
      >
        A protected environment can be neither archived nor deleted until an organization admin lifts it.
      </SettingRow>
      {(setDefault.error ?? protect.error) && (
        <div className="px-4 pb-4">
          <MutationError error={setDefault.error ?? protect.error} />
        </div>
      )}
    </Panel>
  );
}
