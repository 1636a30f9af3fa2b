import type { Isolation } from "@/server/domain/placement/names";
import type { PackageVersionStatus } from "./names";

/** What may be done in which status. The verb that refuses and the button that explains read these lines. */
const allowed = {
  publish: ["draft"],
  delete: ["draft"],
  deprecate: ["published"],
  install: ["published"],
} as const satisfies Record<string, readonly PackageVersionStatus[]>;

export type PackageVersionAction = keyof typeof allowed;

const verbs: Record<PackageVersionAction, string> = {
  publish: "published",
  delete: "deleted",
  deprecate: "deprecated",
  install: "installed",
};

const statusesFor = (action: PackageVersionAction): readonly PackageVersionStatus[] => allowed[action];

/** Why the action is not possible now, as a sentence; null when it is. */
export function packageVersionRefusal(
  action: PackageVersionAction,
  { status }: { status: PackageVersionStatus },
): string | null {
  if (statusesFor(action).includes(status)) return null;
  const what = status === "draft" ? "a draft" : status;
  return `A version that is ${what} cannot be ${verbs[action]}.`;
}

/** Why an environment cannot have packages of its own; null when it can. */
export function sharedInstallRefusal(isolation: Isolation): string | null {
  if (isolation === "dedicated") return null;
  return "In a pool a package is installed for all of its tenants at once, by an operator.";
}
