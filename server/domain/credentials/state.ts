import type { CredentialScope, CredentialStatus } from "./names";

const allowed = {
  rotate: ["active"],
  revoke: ["pending", "active", "rotating"],
  schedule: ["active"],
} as const satisfies Record<string, readonly CredentialStatus[]>;

export type CredentialAction = keyof typeof allowed;

const verbs: Record<CredentialAction, string> = {
  rotate: "rotated",
  revoke: "revoked",
  schedule: "rotated on a schedule",
};

const statusesFor = (action: CredentialAction): readonly CredentialStatus[] => allowed[action];

/** Why the action is not possible now, as a sentence; null when it is. */
export function credentialRefusal(
  action: CredentialAction,
  facts: { status: CredentialStatus },
): string | null {
  if (statusesFor(action).includes(facts.status)) return null;
  return `A credential that is ${facts.status} cannot be ${verbs[action]}.`;
}

/** Why a pool has no login of that scope, as a sentence; null when it has. */
export function sharedScopeRefusal(scope: CredentialScope): string | null {
  if (scope !== "admin") return null;
  return "In a pool there is no admin: its schema belongs to all of its tenants.";
}
