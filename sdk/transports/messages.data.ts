import { tenantA, tenantB } from "../testing/message-world.ts";

/** What is done to a message that tenant A's service has signed, and what becomes of it. */
export interface MessageCase {
  title: string;
  /** Signed for another queue or method. */
  signedElsewhere?: true;
  /** Sent with another body than the one that is signed. */
  alteredBody?: true;
  /** By a service that is not on the receiver's list. */
  signer?: string;
  /** Seconds that the signature is old, of a lifetime of 60. */
  age?: number;
  /** Headers in place of those that were signed; null: not there. */
  headers?: Record<string, string | null>;
  /** Turns the signed context into another text. */
  forge?: (token: string) => string;
  outcome: Outcome;
  /** What becomes of a call instead, where that differs. */
  ofCall?: Outcome;
}

export type Outcome = "handled" | "unauthenticated" | "tenant_required" | "tenant_conflict" | "invalid";

const asB = (token: string) => {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims: object = JSON.parse(Buffer.from(payload, "base64url").toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, tid: tenantB })).toString("base64url");
  return [header, forged, signature].join(".");
};

export const messageCases: MessageCase[] = [
  { title: "as it was signed", outcome: "handled" },
  { title: "54 seconds old", age: 54, outcome: "handled" },
  { title: "70 seconds old", age: 70, outcome: "unauthenticated" },
  {
    title: "without its context",
    headers: { "x-freehold-context": null },
    outcome: "unauthenticated",
    ofCall: "tenant_required",
  },
  { title: "with an empty context", headers: { "x-freehold-context": "" }, outcome: "invalid" },
  { title: "with a made up context", headers: { "x-freehold-context": "a.b.c" }, outcome: "unauthenticated" },
  { title: "with a context for tenant B made of it", forge: asB, outcome: "unauthenticated" },
  {
    title: "with a context for tenant B made of it, for tenant B",
    forge: asB,
    headers: { "tenant-id": tenantB },
    outcome: "unauthenticated",
  },
  {
    title: "with half of its signature",
    forge: (token) => token.slice(0, -40),
    outcome: "unauthenticated",
  },
  { title: "for tenant B by its header", headers: { "tenant-id": tenantB }, outcome: "tenant_conflict" },
  { title: "with an upper case tenant", headers: { "tenant-id": tenantA.toUpperCase() }, outcome: "invalid" },
  { title: "with two tenants", headers: { "tenant-id": `${tenantA}, ${tenantB}` }, outcome: "invalid" },
  { title: "with its tenant twice", headers: { "tenant-id": `${tenantA},${tenantA}` }, outcome: "invalid" },
  {
    title: "without a tenant",
    headers: { "tenant-id": null },
    outcome: "tenant_required",
    ofCall: "invalid",
  },
  {
    title: "without anything",
    headers: { "tenant-id": null, "x-freehold-context": null },
    outcome: "unauthenticated",
    ofCall: "tenant_required",
  },
  { title: "with an empty tenant", headers: { "tenant-id": "" }, outcome: "invalid" },
  { title: "signed for another destination", signedElsewhere: true, outcome: "unauthenticated" },
  { title: "with another body", alteredBody: true, outcome: "unauthenticated" },
  { title: "signed by a service that is not on the list", signer: "billing", outcome: "unauthenticated" },
];
