import { contextHeader } from "../tokens/claims.ts";
import type { Incoming } from "../transports/incoming.ts";
import type { Hint } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";

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
  const source = headerSource(incoming);
  const names = source === "header" ? policy.headers : metadataNames;
  for (const label of names) {
    const raw = valuesOf(incoming, label);
    if (raw) hints.push({ source, raw, names: "tenant", label, ...senderOf(incoming, hops) });
  }
  for (const key of incoming.getter.keys(incoming.carrier))
    if (key.includes("_") || (source === "grpc" && key === binaryName))
      collectLookAlike(incoming, key, { names, source, hops, hints });
}

const metadataNames = ["tenant-id"];
const binaryName = "tenant-id-bin";

/** What the tenant in a transport's headers is called among the sources. */
export function headerSource({ transport }: Incoming): "header" | "grpc" | "message" {
  if (transport === "http") return "header";
  return transport === "grpc" ? "grpc" : "message";
}

type Sender = Pick<Hint, "trusted" | "because">;

const unprovenSender: Sender = { trusted: false, because: "a message's headers are what its sender wrote" };

/** Whether the other end of the connection is a gateway that writes tenants' headers. */
function senderOf({ transport, peer }: Incoming, { isTrustedHop }: Hops): Sender {
  if (transport === "message" || transport === "job") return unprovenSender;
  const trusted = isTrustedHop(peer);
  return {
    trusted,
    because: `${peer?.replace(/^::ffff:(?=\d+\.)/, "") ?? "who sends it"} is ${trusted ? "a" : "no"} trusted hop`,
  };
}

interface Place {
  names: readonly string[];
  source: Hint["source"];
  hops: Hops;
  hints: Hint[];
}

// Some proxies and CGI programs take x_tenant_id for x-tenant-id: two programs would see two tenants.
function collectLookAlike(incoming: Incoming, key: string, { names, source, hops, hints }: Place): void {
  const plain = key.toLowerCase().replaceAll("_", "-");
  const isBinary = source === "grpc" && plain === binaryName;
  if (!isBinary && !names.includes(plain) && plain !== contextHeader) return;
  const hint: Hint = { source, raw: [], names: "tenant", label: key, ...senderOf(incoming, hops) };
  if (!isBinary) hints.push({ ...hint, malformed: `It is a look-alike of ${plain}.` });
  else if (hints.some(({ label }) => label === "tenant-id"))
    hints.push({ ...hint, malformed: "It is there beside tenant-id." });
  else hints.push({ ...hint, ignored: "Binary metadata names no tenant." });
}
