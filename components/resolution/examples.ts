import type { ApiOutputs } from "@/components/api/outputs";
import type { IssuerAlgorithm } from "@/server/domain/resolution/names";
import type { ResolveState } from "./resolve-params";

/** What the form holds and the address does not. */
export interface AskedText {
  curl: string;
  method: string;
  target: string;
  headers: string;
  /** Another issuer than Freehold whose tokens are taken, with its key set. */
  issuer: string;
  keys: string;
  algorithm: IssuerAlgorithm;
}

export const nothingAsked = { curl: "", method: "GET", target: "", headers: "" };
export const nothingWritten: AskedText = { ...nothingAsked, issuer: "", keys: "", algorithm: "EdDSA" };

export interface Example {
  label: string;
  /** Why it cannot be tried here. */
  missing: string | null;
  state: Partial<ResolveState>;
  text: Partial<AskedText>;
}

type Samples = ApiOutputs["resolution"]["samples"];

/** Stand in where an installation has no environment yet: well formed, and nobody's. */
const nobody = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"] as const;
const gateway = { peer: "10.1.2.3", hops: ["10.1.0.0/16"] };

/** The classic cases, with environments of this installation where it has them. */
export function examplesFor({ active, suspended }: Samples): Example[] {
  const [a, b] = [active[0]?.id ?? nobody[0], active[1]?.id ?? nobody[1]];
  const host = active[0]?.hostname;
  const asleep = suspended[0]?.id;
  const hints = (...lines: string[]): Pick<Example, "state" | "text"> => ({
    state: { as: "hints", hints: lines.join("\n"), preset: "sharedDb" },
    text: {},
  });
  const byHost = (url: string): Pick<Example, "state" | "text"> => ({
    state: { as: "curl", preset: "databasePerTenant" },
    text: { curl: `curl ${url}` },
  });
  return [
    { label: "Token only", missing: null, ...hints(`token trusted ${a}`) },
    { label: "Token A, header B", missing: null, ...hints(`token trusted ${a}`, `header untrusted ${b}`) },
    {
      label: "Host only",
      missing: host === undefined ? "No environment is active yet." : null,
      ...byHost(`https://${host}/sign-in`),
    },
    {
      label: "Two header values",
      missing: null,
      state: { as: "http", preset: "headerFilter", ...gateway },
      text: { target: "/orders", headers: `X-Tenant-Id: ${a}\nX-Tenant-Id: ${b}` },
    },
    { label: "Unknown host", missing: null, ...byHost("https://nobody.example.com/") },
    {
      label: "Suspended tenant",
      missing: asleep === undefined ? "No environment is suspended at the moment." : null,
      ...hints(`token trusted ${asleep}`),
    },
  ];
}
