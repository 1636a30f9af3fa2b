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

const nowhere = "no such thing";

/** Every list, plain, searched (found often, once, never), by each facet, in each order, and far from its start. */
export function registryCases({ vast }: Cast): Case[] {
  const organization = vast.slug;
  const environments = (as: Case["as"]) =>
    cases(
      as,
      "environments.list",
      { organization },
      {
        search: ["environment", "environment-19999", nowhere],
        sort: ["name", "created", "status", "type", "default"],
        type: environmentTypes,
        status: environmentStatuses,
      },
    );
  return [
    ...environments("owner"),
    ...environments("plain"),
    ...cases(
      "nomad",
      "organizations.list",
      {},
      { search: ["acme", "acme-499", nowhere], sort: ["name", "created"], tier: tiers },
    ),
    ...cases(
      "operator",
      "organizations.listAll",
      {},
      { search: ["acme", "acme-21999", nowhere], sort: ["name", "created"], tier: tiers },
    ),
    ...cases(
      "owner",
      "members.list",
      { organization },
      {
        search: ["person", "person-4900", nowhere],
        sort: ["name", "joined"],
        role: ["owner", "admin", "member"],
      },
    ),
    ...cases(
      "owner",
      "invitations.list",
      { organization },
      {
        search: ["guest", "guest-1999", nowhere],
        status: ["pending", "accepted", "revoked", "expired"],
      },
    ),
    ...cases("operator", "operations.listAll", {}, operationFacets),
    ...cases("owner", "operations.listMine", {}, operationFacets),
    ...cases("plain", "operations.listMine", {}, operationFacets),
    ...cases(
      "owner",
      "audit.list",
      { organization },
      {
        search: ["environment", "environment-19999", nowhere],
        action: ["environment.create", "environment.delete"],
        actor: ["nobody"],
      },
    ),
    ...cases(
      "operator",
      "findings.list",
      {},
      { search: ["acme", "acme-1999", nowhere], kind: ["orphan", "missing", "damaged", "leftover"] },
    ),
    ...(["owner", "plain", "nomad"] as const).flatMap((as) =>
      ["", "environment", "environment-19999", nowhere].map((text) => ({
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

const operationFacets = {
  search: ["environment", "acme-0/environment-19999", nowhere],
  status: ["queued", "running", "undoing", "succeeded", "failed"],
};

function cases(
  as: Case["as"],
  path: string,
  base: Record<string, unknown>,
  facets: Record<string, readonly string[]>,
): Case[] {
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
