import { afterAll, beforeAll, expect, test } from "vitest";
import { createEnvironment } from "@/server/domain/environments/create";
import type { UserContext } from "@/server/kernel/context";
import { addMember } from "@/server/testing/add-member";
import { createWorld, type World } from "@/server/testing/world";
import { listAllOrganizations } from "./list-all";
import { ListOrganizations } from "./schema";

let world: World;
let operator: UserContext;
let ann: UserContext;

beforeAll(async () => {
  world = await createWorld();
  operator = await world.person("Operator", { isOperator: true });
  ann = await world.person("Ann");
});
afterAll(() => world.end());

test("each organization comes with how many environments and members it has", async () => {
  const { ctx } = await world.organization(ann, "Acme");
  await createEnvironment(ctx, {
    organization: "acme",
    name: "Staging",
    slug: "staging",
    envType: "staging",
  });
  await addMember(world, ctx, "Bob");
  await addMember(world, ctx, "Cleo");
  await world.organization(ann, "Umbrella");
  const page = await listAllOrganizations(operator, ListOrganizations.parse({}));
  expect(page.items).toMatchObject([
    { slug: "acme", environments: 2, members: 3 },
    { slug: "umbrella", environments: 1, members: 1 },
  ]);
});

test("the list does not exist for anyone but operators", async () => {
  await expect(listAllOrganizations(ann, ListOrganizations.parse({}))).rejects.toMatchObject({
    code: "not_found",
  });
});
