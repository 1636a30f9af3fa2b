import type { SelectOption } from "@/components/ui/select-option";
import { presetNames } from "@/sdk/resolution/preset-names";
import type { AskedKind, ResolveState } from "./resolve-params";

type PolicyOption = "tenant" | "strict" | "shared" | "session";
type Preset = (typeof presetNames)[number];

const presets: Record<Preset, { description: string; takes: PolicyOption[] }> = {
  sharedDb: { description: "Over a pool: only proof is asked", takes: [] },
  databasePerTenant: {
    description: "The host must agree, and alone lets in to sign in",
    takes: ["shared", "session"],
  },
  residencySilo: { description: "The host must agree and never decides", takes: ["shared", "session"] },
  dedicatedSingleTenant: {
    description: "The configuration names the one tenant",
    takes: ["tenant", "strict", "session"],
  },
  environmentRouter: {
    description: "Path, host, header, session, then the only one",
    takes: ["tenant", "shared", "session"],
  },
  configurationFirst: {
    description: "Configuration, token, headers, transport",
    takes: ["tenant", "shared", "session"],
  },
  districtService: { description: "Every request has a token", takes: [] },
  headerFilter: { description: "Behind a gateway that names the tenant", takes: [] },
};

export const presetOptions: readonly SelectOption<Preset>[] = presetNames.map((value) => ({
  value,
  label: value,
  description: presets[value].description,
}));

/** Whether the policy has this option at all. */
export const takes = ({ preset }: ResolveState, option: PolicyOption): boolean =>
  presets[preset].takes.includes(option);

export const kindOptions: readonly SelectOption<AskedKind>[] = [
  { value: "curl", label: "A curl command" },
  { value: "http", label: "An HTTP request" },
  { value: "grpc", label: "A gRPC call" },
  { value: "message", label: "A message" },
  { value: "hints", label: "Recorded hints" },
];

const sources: Record<string, string> = {
  static: "Configuration",
  token: "Token",
  context: "Signed context",
  session: "Session",
  header: "Header",
  grpc: "gRPC metadata",
  message: "Message header",
  host: "Host",
  path: "Path",
  default: "Default",
};

/** A service's own sources keep the name that it gave them. */
export const sourceLabel = (source: string): string => sources[source] ?? source;

/** What is drawn for a verdict: joins the line, stops before it, or breaks it. */
export const joins: Record<string, "joins" | "stops" | "breaks"> = {
  decides: "joins",
  agrees: "joins",
  ignored: "stops",
  untrusted: "stops",
  contradicts: "breaks",
  malformed: "breaks",
  unknown: "breaks",
  inactive: "breaks",
};
