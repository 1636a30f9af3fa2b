import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { addCluster } from "@/server/domain/clusters/add";
import { createEnvironment } from "@/server/domain/environments/create";
import { installPackage } from "@/server/domain/packages/install";
import { publishPackage } from "@/server/domain/packages/publish";
import { PublishPackage } from "@/server/domain/packages/schema";
import { addPool } from "@/server/domain/pools/add";
import { installInPool } from "@/server/domain/pools/install";
import type { EnvironmentContext, UserContext } from "@/server/kernel/context";
import type { Secret } from "@/server/kernel/secret";
import type { ServiceWorld } from "./service-world";

export const students = "com.example.students";
export const placements = ["a file", "a Postgres database of its own", "a pool"] as const;
export type Placement = (typeof placements)[number];

/** Tenants with the package of students in every kind of home. */
export interface Homes {
  /** Who may do everything with them. */
  owner: UserContext;
  onboard(placement: Placement): Promise<EnvironmentContext>;
}

const homes = {
  "a file": { isolation: "dedicated", driver: "sqlite" },
  "a Postgres database of its own": { isolation: "dedicated", cluster: "east" },
  "a pool": { isolation: "shared", pool: "schools" },
} as const;

let next = 0;

/** Publishes the package and makes a cluster and a pool for it on the Postgres at `adminUrl`. */
export async function createHomes(world: ServiceWorld, adminUrl: Secret): Promise<Homes> {
  const { operator, settle } = world;
  const districts = (await world.organization(operator, "Districts")).ctx;
  const { cluster } = await addCluster(operator, {
    name: "East",
    slug: "east",
    driver: "postgres",
    region: "us-east",
    capacity: null,
    labels: {},
    adminUrl: adminUrl.reveal(),
    allowPrivateNetwork: true,
  });
  await settle();
  await publishPackage(operator, readPackage("examples/packages/students"));
  const { pool } = await addPool(operator, {
    name: "Schools",
    slug: "schools",
    cluster: cluster.id,
    capacity: null,
  });
  await settle();
  await installInPool(operator, { pool: pool.id, package: students });
  await settle();
  return {
    owner: operator,
    async onboard(placement) {
      const slug = `d-${next++}`;
      const made = await createEnvironment(districts, {
        organization: districts.organization.slug,
        name: slug,
        slug,
        envType: "test",
        ...homes[placement],
      });
      const { id } = made.environment;
      await settle();
      const [row] = await world.db.select().from(environment).where(eq(environment.id, id));
      if (row?.status !== "active") throw new Error(`The environment is ${row?.status}.`);
      const here = await world.inEnvironment(operator, id);
      if (placement !== "a pool") await installPackage(here, { environment: id, package: students });
      await settle();
      return here;
    },
  };
}

function readPackage(folder: string): PublishPackage {
  const migrations = readdirSync(join(folder, "migrations")).map((file) => `migrations/${file}`);
  const paths = ["freehold.package.json", ...migrations];
  return PublishPackage.parse({
    files: paths.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") })),
  });
}
