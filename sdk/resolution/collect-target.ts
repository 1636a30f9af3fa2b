import type { Incoming } from "../transports/incoming.ts";
import { valuesOf } from "./collect-headers.ts";
import type { Hint } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { preparePolicy } from "./prepare-policy.ts";

/**
 * The host that the caller asked for: `X-Forwarded-Host` of a trusted hop, else `Host` or
 * `:authority`. A host is what the caller says, so it is never trusted.
 */
export function collectHost(
  incoming: Incoming,
  { isTrustedHop }: { isTrustedHop(peer: string | null): boolean },
  hints: Hint[],
): void {
  const forwarded = valuesOf(incoming, "x-forwarded-host");
  const who = incoming.peer ?? "who sends it";
  const isForwarded = forwarded !== null && isTrustedHop(incoming.peer);
  if (forwarded) {
    const hint = hostHint("X-Forwarded-Host", forwarded, `handed on by ${who}`);
    hints.push(isForwarded ? hint : { ...hint, ignored: `${who} is no trusted hop.` });
  }
  if (isForwarded) return;
  const values = [
    ...new Set([...(valuesOf(incoming, ":authority") ?? []), ...(valuesOf(incoming, "host") ?? [])]),
  ];
  const hint = hostHint("Host", values, "the caller chose it");
  const times = valuesOf(incoming, "host")?.length ?? values.length;
  if (isAbsolute(incoming.path)) hints.push({ ...hint, malformed: "The target names a host of its own." });
  else if (times === 0) hints.push({ ...hint, malformed: "There is no host." });
  else if (times > 1 || values.length > 1) hints.push({ ...hint, malformed: "There is more than one host." });
  else hints.push(hint);
}

/** The tenant in the path, where the policy says that one is. */
export function collectPath(incoming: Incoming, policy: ResolutionPolicy, hints: Hint[]): void {
  const hint = { source: "path", trusted: false, names: "tenant", because: "the caller chose it" } as const;
  const label = policy.path ?? "path";
  if (isAbsolute(incoming.path)) {
    hints.push({ ...hint, label, raw: [incoming.path], malformed: "The target is no path." });
    return;
  }
  const match = preparePolicy(policy).path?.(incoming.path);
  if (!match) return;
  const { segment, malformed } = match;
  hints.push({ ...hint, label, raw: [segment], ...(malformed === null ? {} : { malformed }) });
}

function hostHint(label: string, raw: readonly string[], because: string): Hint {
  return { source: "host", raw, trusted: false, names: "host", label, because };
}

/** `GET http://other/` beside `Host: a` makes two programs see two hosts. `*` is a path of OPTIONS. */
function isAbsolute(target: string): boolean {
  return !target.startsWith("/") && target !== "*";
}
