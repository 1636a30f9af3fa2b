import type { District } from "./installation";
import type { Seen } from "./wire";

/** What a forger has: a token of one district, the name of another, and what went over the wire. */
export interface Material {
  token: string;
  own: District;
  other: District;
  gatewayHost: string;
  seen: Seen | null;
}

/** A request that should not get where it wants to. */
export interface Forged {
  to: "gateway" | "student-service";
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
  /** What names a tenant in it, as the console's page of explanations writes it. */
  hints: string[];
}

export interface Forgery {
  label: string;
  about: string;
  forge(material: Material): Forged;
}

const read = { to: "gateway", method: "GET", path: "/students" } as const;

export const forgeries = {
  header: {
    label: "Forge the header",
    about: "The token of one district, and X-Tenant-Id of the other one.",
    forge: ({ token, own, other, gatewayHost }) => ({
      ...read,
      headers: { host: gatewayHost, authorization: `Bearer ${token}`, "x-tenant-id": other.id },
      hints: [`token trusted ${own.id}`, `header untrusted ${other.id}`],
    }),
  },
  claim: {
    label: "Forge the claim",
    about: "The token with the other district written into its tid.",
    forge: ({ token, other, gatewayHost }) => ({
      ...read,
      headers: { host: gatewayHost, authorization: `Bearer ${withTenant(token, other.id)}` },
      hints: ["token malformed"],
    }),
  },
  host: {
    label: "Forge the host",
    about: "The token of one district at the host of the other one.",
    forge: ({ token, own, other }) => ({
      ...read,
      headers: { host: other.hostname, authorization: `Bearer ${token}` },
      hints: [`token trusted ${own.id}`, `host untrusted ${other.hostname}`],
    }),
  },
  context: {
    label: "Replay a context",
    about:
      "The gateway's signed context of a read, overheard on the wire and sent to the service with a write.",
    forge: ({ own, seen }) => ({
      to: "student-service",
      method: "POST",
      path: "/students",
      headers: overheard(seen),
      body: { first_name: "Mallory", last_name: "Forger", grade: "7" },
      hints: ["context malformed", `header untrusted ${own.id}`],
    }),
  },
} satisfies Record<string, Forgery>;

export type ForgeryName = keyof typeof forgeries;

/** The token as it was, except that its claim names another tenant. */
function withTenant(token: string, tenant: string): string {
  const [head = "", payload = "", signature = ""] = token.split(".");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  const forged = Buffer.from(JSON.stringify({ ...asObject(claims), tid: tenant })).toString("base64url");
  return [head, forged, signature].join(".");
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function overheard(seen: Seen | null): Record<string, string> {
  const kept = ["host", "x-tenant-id", "x-freehold-context"];
  const found = kept.map((name) => [name, seen?.headers[name]] as const);
  return Object.fromEntries(found.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}
