import { afterAll, beforeAll, expect, test } from "vitest";
import { environmentVisit } from "@/drizzle/control/schema/environments";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { workOff } from "@/server/testing/work-until";
import { createWorld, type World } from "@/server/testing/world";
import { landing } from "./landing";
import { listPlaces } from "./list-places";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;
beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
});
afterAll(() => world.end());

test("nobody lands in a deleted environment, and it is not among those used last", async () => {
  const input = { organization: "acme", name: "Gone", slug: "gone", envType: "test" as const };
  const { environment } = await createEnvironment(acme, input);
  await workOff(world);
  await world.db
    .insert(environmentVisit)
    .values({ userId: ann.user.id, environmentId: environment.id, visitedAt: new Date() });
  const recent = async () => (await listPlaces(ann, { text: "" })).recent.map(({ slug }) => slug);
  expect(await landing(ann, environment.id)).toEqual({ organization: "acme", environment: "gone" });
  expect(await recent()).toContain("gone");
  const here = await world.inEnvironment(ann, environment.id);
  await deleteEnvironment(here, { environment: environment.id, confirm: "gone" });
  await workOff(world);
  expect(await landing(ann, environment.id)).toEqual({ organization: "acme", environment: null });
  expect(await recent()).not.toContain("gone");
});
