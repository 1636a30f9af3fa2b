import { environmentStatuses, environmentTypes } from "@/server/domain/environments/names";
import { tiers } from "@/server/domain/organizations/names";
import type { Cast } from "./registry-seed";

export interface Case {
  as: "operator" | "owner" | "plain" | "nomad";
  path: string;
  input: Record<string, unknown>;
  /** Pages to leaf through before the one that is measured. */
  deep?: number;
}

/** Every list, plain, searched (found often, once, never), by each facet, in each order, and far from its start. */
export function registryCases({ vast }: Cast): Case[] {
  const { slug: organization } = vast;
  return [
    ...inOrganization.flatMap(([as, path, facets]) => cases({ as, path, input: { organization } }, facets)),
    ...everywhere.flatMap(([as, path, facets]) => cases({ as, path, input: {} }, facets)),
    ...(["owner", "plain", "nomad"] as const).flatMap((as) =>
      found("environment", "environment-19999", "").map((text) => ({
        as,
        path: "navigation.places",
        input: { text },
      })),
    ),
    { as: "owner", path: "organizations.get", input: { organization } },
    { as: "owner", path: "operations.running", input: {} },
    { as: "operator", path: "fleet.overview", input: {} },
    { as: "operator", path: "fleet.map", input: {} },
  ];
}

type List = [as: Case["as"], path: string, facets: Record<string, readonly string[]>];

const found = (often: string, once: string, ...more: string[]) => [often, once, "no such thing", ...more];

const ofEnvironments = {
  search: found("environment", "environment-19999"),
  sort: ["name", "created", "status", "type", "default"],
  type: environmentTypes,
  status: environmentStatuses,
};
const ofOperations = {
  search: found("environment", "acme-0/environment-19999"),
  status: ["queued", "running", "undoing", "succeeded", "failed"],
};
const ofOrganizations = { search: found("acme", "acme-499"), sort: ["name", "created"], tier: tiers };

/** Lists of one organization. */
const inOrganization: List[] = [
  ["owner", "environments.list", ofEnvironments],
  ["plain", "environments.list", ofEnvironments],
  [
    "owner",
    "members.list",
    { search: found("person", "person-4900"), sort: ["name", "joined"], role: ["owner", "admin", "member"] },
  ],
  [
    "owner",
    "invitations.list",
    { search: found("guest", "guest-1999"), status: ["pending", "accepted", "revoked", "expired"] },
  ],
  [
    "owner",
    "audit.list",
    {
      search: found("environment", "environment-19999"),
      action: ["environment.create", "environment.delete"],
      actor: ["nobody"],
    },
  ],
];

/** Lists across organizations. */
const everywhere: List[] = [
  ["nomad", "organizations.list", ofOrganizations],
  ["operator", "organizations.listAll", ofOrganizations],
  ["operator", "operations.listAll", ofOperations],
  ["owner", "operations.listMine", ofOperations],
  ["plain", "operations.listMine", ofOperations],
  [
    "operator",
    "findings.list",
    { search: found("acme", "acme-1999"), kind: ["orphan", "missing", "damaged", "leftover"] },
  ],
];

function cases({ as, path, input: base }: Case, facets: List[2]): Case[] {
  const one = { as, path };
  return [
    { ...one, input: base },
    { ...one, input: base, deep: 30 },
    { ...one, input: { ...base, order: "desc" } },
    { ...one, input: { ...base, order: "asc" } },
    ...Object.entries(facets).flatMap(([facet, values]) =>
      values.map((value) => ({ ...one, input: { ...base, [facet]: value } })),
    ),
  ];
}
