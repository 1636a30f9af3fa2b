import { afterAll, beforeAll, expect, test } from "vitest";
import { createEnvironment } from "@/server/domain/environments/create";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { createWorld, type World } from "@/server/testing/world";
import { getPlacementPolicy } from "./get";
import { setPreset } from "./set-preset";

let world: World;
let operator: UserContext;
let acme: OrganizationContext;

beforeAll(async () => {
  world = await createWorld();
  operator = await world.person("Operator", { isOperator: true });
  acme = (await world.organization(operator, "Acme")).ctx;
  await world.settle();
});
afterAll(() => world.end());

const create = (slug: string) =>
  createEnvironment(acme, {
    organization: acme.organization.slug,
    name: slug,
    slug,
    envType: "test",
  });
const offered = async () => {
  const { presets } = await getPlacementPolicy(operator);
  return presets.find(({ name }) => name === "DedicatedSingleTenant")?.refusal;
};

test("an installation of one tenant refuses the second, also of two at once", async () => {
  expect(await offered()).toBeNull();
  await setPreset(operator, { preset: "DedicatedSingleTenant" });
  const tried = await Promise.allSettled([create("second"), create("third")]);
  expect(tried).toMatchObject([
    { reason: { code: "precondition", message: expect.stringMatching(/^This installation serves one/) } },
    { reason: { code: "precondition" } },
  ]);
});

test("where there are two already it cannot be chosen, and says why", async () => {
  await setPreset(operator, { preset: "DatabasePerTenant" });
  await create("second");
  expect(await offered()).toBe("There are 2 tenants here, and it is for one.");
  await expect(setPreset(operator, { preset: "DedicatedSingleTenant" })).rejects.toMatchObject({
    code: "precondition",
    message: "There are 2 tenants here, and it is for one.",
  });
});
