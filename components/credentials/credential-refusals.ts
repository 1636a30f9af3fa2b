import { environmentRoleRefusal } from "@/components/environments/role-refusal";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { credentialRefusal } from "@/server/domain/credentials/state";
import { environmentRefusal } from "@/server/domain/environments/state";
import type { Credential } from "./credential-words";

/** Why no credential can be issued now; null when one can. */
export function issueRefusal(environment: EnvironmentDetail): string | null {
  return (
    environmentRoleRefusal(environment.role, "credential.issue") ?? environmentRefusal("connect", environment)
  );
}

export function rotateRefusal(environment: EnvironmentDetail, credential: Credential): string | null {
  return (
    environmentRoleRefusal(environment.role, "credential.rotate") ??
    environmentRefusal("connect", environment) ??
    credentialRefusal("rotate", credential)
  );
}

export function scheduleRefusal(environment: EnvironmentDetail, credential: Credential): string | null {
  const forServices =
    credential.audience === "services"
      ? null
      : "Only those of services rotate by themselves: nobody would see the new secret of this one.";
  return (
    environmentRoleRefusal(environment.role, "credential.rotate") ??
    forServices ??
    credentialRefusal("schedule", credential)
  );
}

export function revokeRefusal(environment: EnvironmentDetail, credential: Credential): string | null {
  return (
    environmentRoleRefusal(environment.role, "credential.revoke") ?? credentialRefusal("revoke", credential)
  );
}
