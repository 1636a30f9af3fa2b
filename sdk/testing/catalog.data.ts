import type { TenantEntry } from "../stores/tenant-store.ts";

/** Tenants that the resolution tables speak of: by id, by name, by host. */
export const ids = {
  ann: "0a000000-0000-4000-8000-00000000000a",
  bob: "0b000000-0000-4000-8000-00000000000b",
  suspended: "0c000000-0000-4000-8000-00000000000c",
  archived: "0d000000-0000-4000-8000-00000000000d",
  moving: "0e000000-0000-4000-8000-00000000000e",
  nobody: "0f000000-0000-4000-8000-00000000000f",
} as const;

interface Known {
  entry: TenantEntry;
  name: string;
  host: string;
}

const facts = {
  organization: "acme",
  epoch: 1,
  isolation: "shared",
  driver: "postgres",
  region: "eu",
} as const;

export const catalog: readonly Known[] = [
  tenant(ids.ann, "ann", "active"),
  tenant(ids.bob, "bob", "active"),
  tenant(ids.suspended, "suspended", "suspended"),
  tenant(ids.archived, "archived", "archived"),
  tenant(ids.moving, "moving", "moving"),
];

function tenant(id: string, name: string, status: TenantEntry["status"]): Known {
  return { entry: { ...facts, tenant: id, environment: name, status }, name, host: `${name}.test` };
}
