import type { DriverKind } from "@/server/domain/clusters/names";
import type { Isolation } from "@/server/domain/placement/names";
import type { EnvironmentLimits } from "./limits";
import type { EnvironmentStatus } from "./names";

/** What may be done in which status. The verb that refuses and the button that explains read these lines. */
const allowed = {
  update: ["provisioning", "active", "suspended", "archived", "failed", "moving"],
  protect: ["provisioning", "active", "suspended", "archived", "failed"],
  inspect: ["active", "suspended", "archived"],
  setLimits: ["active", "suspended", "archived"],
  setDefault: ["active"],
  suspend: ["active"],
  resume: ["suspended", "archived"],
  archive: ["active", "suspended"],
  connect: ["active"],
  recover: ["deleted"],
  purge: ["deleted"],
  retry: ["failed", "deleting"],
  delete: ["active", "suspended", "archived", "failed"],
} as const satisfies Record<string, readonly EnvironmentStatus[]>;

export type StatefulAction = keyof typeof allowed;

interface Facts {
  status: EnvironmentStatus;
  isDefault: boolean;
  isProtected: boolean;
}

const verbs: Record<StatefulAction, string> = {
  update: "changed",
  protect: "protected",
  inspect: "looked into",
  setLimits: "limited",
  setDefault: "made the default",
  suspend: "suspended",
  resume: "resumed",
  archive: "archived",
  connect: "connected to",
  recover: "recovered",
  purge: "deleted for good",
  retry: "retried",
  delete: "deleted",
};

const statusesFor = (action: StatefulAction): readonly EnvironmentStatus[] => allowed[action];

/** Why the action is not possible now, as a sentence; null when it is. */
export function environmentRefusal(action: StatefulAction, facts: Facts): string | null {
  if (!statusesFor(action).includes(facts.status)) {
    return `An environment that is ${facts.status} cannot be ${verbs[action]}.`;
  }
  const ending = action === "delete" || action === "archive";
  if (ending && facts.isProtected)
    return "It is protected. An organization admin can lift the protection in its settings.";
  if (ending && facts.isDefault) return "It is the default environment. Make another one the default first.";
  if (action === "setDefault" && facts.isDefault) return "It is the default environment already.";
  return null;
}

/** Why nothing would hold an environment to this limit, as a sentence; null when something does. */
export function limitRefusal(
  limit: keyof EnvironmentLimits,
  { isolation, driver }: { isolation: Isolation; driver: DriverKind },
): string | null {
  if (isolation === "shared") return null;
  if (limit === "rowLimit")
    return "Rows are limited in a pool alone. This environment has a database of its own: limit its storage.";
  if (driver === "sqlite") return null;
  return "Its server alone limits the storage of this database: limit it there.";
}
