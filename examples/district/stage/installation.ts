import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { ControlPlane } from "./control-plane";

const packages = ["students", "assessments"] as const;
const services = ["gateway", "student-service", "assessment-service"] as const;
export type ServiceName = (typeof services)[number];

const Named = z.object({ id: z.string() });
const Clusters = z.object({ items: z.array(z.object({ id: z.string(), driver: z.string() })) });
const Created = z.object({ environment: Named });
const Environment = z.object({ id: z.string(), slug: z.string(), name: z.string(), hostname: z.string() });
const Issued = z.object({ token: z.string() });

/** A tenant of the example. */
export interface District {
  id: string;
  slug: string;
  name: string;
  hostname: string;
  /** Where its data is, in words. */
  home: string;
}

export interface Installation {
  districts: District[];
  keys: Record<ServiceName, string>;
}

/** Two districts, one in a pool and one with a database of its own, both packages in each, and the services' keys. */
export async function install(plane: ControlPlane, organization: string): Promise<Installation> {
  const [pool, keys] = await Promise.all([makePool(plane), addServices(plane), publish(plane)]);
  const environments = `/organizations/${organization}/environments`;
  const make = async (body: Record<string, string>, home: string): Promise<District> => {
    const answer = await plane.settle(await plane.post(environments, { ...body, env_type: "production" }));
    const { id } = Created.parse(answer).environment;
    return { ...Environment.parse(await plane.get(`/environments/${id}`)), home };
  };
  const inPool = async () => {
    for (const name of packages)
      await plane.settle(await plane.put(`/fleet/pools/${pool}/packages/com.example.${name}`, {}));
    const north = { slug: "north", name: "North district", isolation: "shared", pool: "schools" };
    return make(north, "rows in the pool schools, in Postgres");
  };
  const byItself = async () => {
    const south = { slug: "south", name: "South district", isolation: "dedicated", driver: "sqlite" };
    const made = await make(south, "a libSQL database of its own");
    for (const name of packages)
      await plane.settle(
        await plane.post(`/environments/${made.id}/packages/com.example.${name}/install`, {}),
      );
    return made;
  };
  return { districts: await Promise.all([inPool(), byItself()]), keys };
}

/** A token for a member of the district, who is the operator here. It lives five minutes. */
export async function issueToken(plane: ControlPlane, district: District): Promise<string> {
  const body = { environment: district.id, audience: "gateway" };
  return Issued.parse(await plane.post("/tokens", body)).token;
}

async function makePool(plane: ControlPlane): Promise<string> {
  const { items } = Clusters.parse(await plane.get("/fleet/clusters"));
  const cluster = items.find(({ driver }) => driver === "postgres");
  if (!cluster) throw new Error("There is no Postgres cluster for the pool.");
  const body = { name: "Schools", slug: "schools", cluster: cluster.id };
  const answer = await plane.settle(await plane.post("/fleet/pools", body));
  return z.object({ pool: Named }).parse(answer).pool.id;
}

async function addServices(plane: ControlPlane): Promise<Record<ServiceName, string>> {
  const Added = z.object({ key: z.string() });
  const add = async (name: ServiceName) => Added.parse(await plane.post("/fleet/services", { name })).key;
  const [gateway, students, assessments] = await Promise.all(services.map(add));
  return {
    gateway: gateway ?? "",
    "student-service": students ?? "",
    "assessment-service": assessments ?? "",
  };
}

async function publish(plane: ControlPlane): Promise<void> {
  for (const name of packages) {
    const folder = join(import.meta.dirname, "../../packages", name);
    const migrations = readdirSync(join(folder, "migrations")).map((file) => `migrations/${file}`);
    const files = ["freehold.package.json", ...migrations].map((path) => ({
      path,
      text: readFileSync(join(folder, path), "utf8"),
    }));
    await plane.post("/packages", { files });
  }
}
