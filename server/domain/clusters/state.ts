import type { ClusterState } from "./names";

/** What may be done in which state. The verb that refuses and the button that explains read these lines. */
const allowed = {
  drain: ["active"],
  activate: ["draining"],
  check: ["offline"],
  update: ["active", "draining", "offline"],
  remove: ["draining", "offline"],
} as const satisfies Record<string, readonly ClusterState[]>;

export type ClusterAction = keyof typeof allowed;

interface Facts {
  state: ClusterState;
  databaseCount: number;
  isBuiltIn: boolean;
}

const sentences: Record<ClusterAction, string> = {
  drain: "Only an active cluster can be drained.",
  activate: "Only a draining cluster can be put back into use.",
  check: "It is in use already.",
  update: "",
  remove: "Drain it first, so that no new database lands on it.",
};

const statesFor = (action: ClusterAction): readonly ClusterState[] => allowed[action];

/** Why the action is not possible now, as a sentence; null when it is. */
export function clusterRefusal(action: ClusterAction, facts: Facts): string | null {
  if (action === "remove" && facts.isBuiltIn)
    return "It comes with the installation. Drain it to keep it empty.";
  if (!statesFor(action).includes(facts.state)) return sentences[action];
  if (action === "remove" && facts.databaseCount > 0) {
    return `It still holds ${facts.databaseCount === 1 ? "a database" : `${facts.databaseCount} databases`}.`;
  }
  return null;
}
