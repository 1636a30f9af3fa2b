import { afterAll, beforeAll, expect, test } from "vitest";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { archiveEnvironment } from "@/server/domain/environments/archive";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { getEnvironment } from "@/server/domain/environments/get";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { addMember } from "@/server/testing/add-member";
import { createWorld, type World } from "@/server/testing/world";
import { getOperation } from "./get";

let world: World;
let ann: UserContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
});
afterAll(() => world.end());

test("an operation says where its environment is and which request ordered it", async () => {
  const { organization, operation } = await world.organization(ann, "Acme");
  await world.settle();
  expect(await getOperation(ann, { operation: operation?.id ?? "" })).toMatchObject({
    status: "succeeded",
    requestId: ann.requestId,
    place: { organization: organization.slug, environment: "prod" },
  });
});

test("an operator who does not belong to the environment follows its operation without an address", async () => {
  const { operation } = await world.organization(ann, "Elsewhere");
  const operator = await world.person("Operator", { isOperator: true });
  expect(await getOperation(operator, { operation: operation.id })).toMatchObject({ place: null });
});

test("a member of the environment alone follows it too, and nobody else of the organization", async () => {
  const { ctx, organization, environment, operation } = await world.organization(ann, "Members");
  const guest = await addMember(world, ctx, "Guest");
  const reference = { operation: operation.id };
  await expect(getOperation(guest, reference)).rejects.toMatchObject({ code: "not_found" });
  await world.db.insert(environmentMember).values({
    id: newId(),
    environmentId: environment.id,
    organizationId: organization.id,
    userId: guest.user.id,
    role: "env_viewer",
    createdAt: new Date(),
  });
  expect(await getOperation(guest, reference)).toMatchObject({ place: { environment: "prod" } });
});

test("an environment that is gone leaves its operation without an address", async () => {
  const { ctx } = await world.organization(ann, "Gone");
  const { environment } = await createEnvironment(ctx, {
    organization: ctx.organization.slug,
    name: "Short",
    slug: "short",
    envType: "test",
  });
  await world.settle();
  const here = await world.inEnvironment(ann, environment.id);
  const { operation } = await deleteEnvironment(here, { environment: environment.id, confirm: "short" });
  await world.settle();
  expect(await getOperation(ann, { operation: operation?.id ?? "" })).toMatchObject({
    status: "succeeded",
    place: null,
  });
});

test("an environment out of service says since when and by whom, and nothing once it is back", async () => {
  const { ctx } = await world.organization(ann, "Service");
  const { environment } = await createEnvironment(ctx, {
    organization: ctx.organization.slug,
    name: "Staging",
    slug: "staging",
    envType: "staging",
  });
  await world.settle();
  const look = async () => getEnvironment(await world.inEnvironment(ann, environment.id));
  const here = await world.inEnvironment(ann, environment.id);
  expect((await look()).outOfService).toBeNull();
  await suspendEnvironment(here, { environment: environment.id, reason: "load test" });
  const suspended = await look();
  expect(suspended).toMatchObject({ statusReason: "load test", outOfService: { actor: ann.actor.label } });
  expect(suspended.outOfService?.at).toBeInstanceOf(Date);
  await resumeEnvironment(here);
  expect((await look()).outOfService).toBeNull();
  await archiveEnvironment(here, { environment: environment.id, reason: "over" });
  expect((await look()).outOfService?.actor).toBe(ann.actor.label);
});
