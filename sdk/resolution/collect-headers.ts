import { contextHeader } from "../tokens/claims.ts";
import type { Incoming } from "../transports/incoming.ts";
import type { Hint } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { preparePolicy } from "./prepare-policy.ts";

/** Every time that a header is there, as it came; null when it is not. */
export function valuesOf({ getter, carrier }: Incoming, name: string): readonly string[] | null {
  const value = getter.get(carrier, name);
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value : [value];
}

interface Hops {
  isTrustedHop(peer: string | null): boolean;
}

/** The tenant's name in headers, metadata or message headers, and look-alikes of it. */
export function collectHeaders(
  incoming: Incoming,
  policy: ResolutionPolicy,
  hops: Hops,
  hints: Hint[],
): void {
  const { places } = preparePolicy(policy);
  const source = sourceOf(incoming);
  if (!places.has(source)) return;
  const names = source === "header" ? policy.headers : ["tenant-id"];
  const from = source === "message" ? unprovenSender : senderOf(incoming, hops);
  for (const name of names) {
    const raw = valuesOf(incoming, name);
    if (raw) hints.push({ source, raw, names: "tenant", label: name, ...from });
  }
  for (const key of incoming.getter.keys(incoming.carrier))
    if (key.includes("_") || key.endsWith("-bin"))
      collectLookAlike(incoming, key, { names, source, from, hints });
}

function sourceOf({ transport }: Incoming): "header" | "grpc" | "message" {
  if (transport === "http") return "header";
  return transport === "grpc" ? "grpc" : "message";
}

type Sender = Pick<Hint, "trusted" | "because">;

const unprovenSender: Sender = { trusted: false, because: "a message's headers are what its sender wrote" };

/** Whether the other end of the connection is a gateway that writes tenants' headers. */
function senderOf({ peer }: Incoming, { isTrustedHop }: Hops): Sender {
  const trusted = isTrustedHop(peer);
  return { trusted, because: `${peer ?? "who sends it"} is ${trusted ? "a" : "no"} trusted hop` };
}

interface Place {
  names: readonly string[];
  source: Hint["source"];
  from: Sender;
  hints: Hint[];
}

// Some proxies and CGI programs take x_tenant_id for x-tenant-id: two programs would see two tenants.
function collectLookAlike(incoming: Incoming, key: string, { names, source, from, hints }: Place): void {
  const plain = key.toLowerCase().replaceAll("_", "-");
  const isBinary = source === "grpc" && plain === "tenant-id-bin";
  if (!isBinary && (!key.includes("_") || !(names.includes(plain) || plain === contextHeader))) return;
  const hint: Hint = { source, raw: [], names: "tenant", label: key, ...from };
  if (!isBinary) hints.push({ ...hint, malformed: `It is a look-alike of ${plain}.` });
  else if (hints.some(({ label }) => label === "tenant-id"))
    hints.push({ ...hint, malformed: "It is there beside tenant-id." });
  else hints.push({ ...hint, ignored: "Binary metadata names no tenant." });
}
