import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { District } from "@/examples/district/stage/installation";
import type { Incoming } from "@freehold/sdk/incoming";
import { addCluster } from "@/server/domain/clusters/add";
import { createEnvironment } from "@/server/domain/environments/create";
import { installPackage } from "@/server/domain/packages/install";
import { publishPackage } from "@/server/domain/packages/publish";
import { addPool } from "@/server/domain/pools/add";
import { installInPool } from "@/server/domain/pools/install";
import type { EnvironmentContext } from "@/server/kernel/context";
import { createDoorWorld } from "./door-world";

type DoorWorld = Awaited<ReturnType<typeof createDoorWorld>>;

export interface TestDistrict extends District {
  ctx: EnvironmentContext;
}

/** The districts of the example, made by the verbs themselves. */
export interface DistrictWorld extends DoorWorld {
  north: TestDistrict;
  south: TestDistrict;
}

export const schoolPackages = ["students", "assessments"];

const homes = {
  north: { isolation: "shared", pool: "schools" },
  south: { isolation: "dedicated", driver: "sqlite" },
} as const;

export async function createDistrictWorld(adminUrl: string): Promise<DistrictWorld> {
  const world = await createDoorWorld();
  const { ctx: owner } = await world.organization(world.operator, "Districts");
  await openPool(world, adminUrl);

  async function add(slug: keyof typeof homes): Promise<TestDistrict> {
    const home = homes[slug];
    const input = { organization: "districts", name: slug, slug, envType: "test", ...home } as const;
    const { id, hostname } = (await createEnvironment(owner, input)).environment;
    await world.settle();
    const ctx = await world.inEnvironment(world.operator, id);
    const own = home.isolation === "dedicated" ? schoolPackages : [];
    for (const name of own) await installPackage(ctx, { environment: id, package: nameOf(name) });
    await world.settle();
    return { id, slug, name: slug, hostname, home: home.isolation, ctx };
  }

  return { ...world, north: await add("north"), south: await add("south") };
}

async function openPool({ operator, settle }: DoorWorld, adminUrl: string): Promise<void> {
  const east = { name: "East", slug: "east", driver: "postgres", region: "us-east", capacity: null } as const;
  const access = { labels: {}, adminUrl, allowPrivateNetwork: true };
  const { cluster } = await addCluster(operator, { ...east, ...access });
  await settle();
  const schools = { name: "Schools", slug: "schools", cluster: cluster.id, capacity: null };
  const { pool } = await addPool(operator, schools);
  await settle();
  for (const name of schoolPackages) {
    await publishPackage(operator, readPackage(name));
    await installInPool(operator, { pool: pool.id, package: nameOf(name) });
    await settle();
  }
}

const nameOf = (name: string) => `com.example.${name}`;

function readPackage(name: string) {
  const folder = `examples/packages/${name}`;
  const migrations = readdirSync(join(folder, "migrations")).map((file) => `migrations/${file}`);
  const paths = ["freehold.package.json", ...migrations];
  return {
    draft: false,
    files: paths.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") })),
  };
}

/** A request that has a token and nothing else. */
export function requestWith(token: string): Incoming<Record<string, string>> {
  const carrier: Record<string, string> = { authorization: `Bearer ${token}` };
  return {
    transport: "http",
    carrier,
    getter: { get: (_, name) => carrier[name], keys: () => Object.keys(carrier) },
    method: "GET",
    path: "/",
    peer: null,
    bodyDigest: () => Promise.resolve(""),
  };
}
