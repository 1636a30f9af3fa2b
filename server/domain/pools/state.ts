import type { PoolState } from "./names";

/** What may be done in which state. The verb that refuses and the button that explains read these lines. */
const allowed = {
  drain: ["active"],
  activate: ["draining"],
  retry: ["failed"],
  update: ["creating", "active", "draining", "failed"],
  install: ["active", "draining"],
  remove: ["draining", "failed"],
} as const satisfies Record<string, readonly PoolState[]>;

export type PoolAction = keyof typeof allowed;

const sentences: Record<PoolAction, string> = {
  drain: "Only an active pool can be drained.",
  activate: "Only a draining pool can be put back into use.",
  retry: "Only a pool that could not be made is tried again.",
  update: "",
  install: "The pool must be there first.",
  remove: "Drain it first, so that no new tenant lands in it.",
};

const statesFor = (action: PoolAction): readonly PoolState[] => allowed[action];

/** Why the action is not possible now, as a sentence; null when it is. */
export function poolRefusal(
  action: PoolAction,
  { state, tenantCount }: { state: PoolState; tenantCount: number },
): string | null {
  if (!statesFor(action).includes(state)) return sentences[action];
  if (action === "remove" && tenantCount > 0)
    return `It still holds ${tenantCount === 1 ? "a tenant" : `${tenantCount} tenants`}.`;
  return null;
}
