import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { archiveEnvironment } from "@/server/domain/environments/archive";
import { env } from "@/server/kernel/env";
import { code } from "@/server/testing/connect-answers";
import { createServiceWorld, verified, type ServiceWorld } from "@/server/testing/service-world";
import { handleRest } from "./handler";

let world: ServiceWorld;
let key: string;

beforeAll(async () => {
  world = await createServiceWorld();
  key = await world.key(world.ann);
}, 60_000);
afterAll(() => world.end());

const ask = (body: object, bearer = key) =>
  handleRest(
    new Request(`${env().baseUrl}/api/v1/tokens`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      body: JSON.stringify({ audience: "students", ...body }),
    }),
  );

test("a member's token says who and where, and is on the trail without being in it", async () => {
  const { environment } = await world.activeEnvironment();
  const response = await ask({ environment: environment.id });
  expect(response.status).toBe(201);
  const body = (await response.json()) as { token: string; expires_at: string };
  expect(body).toEqual({ token: expect.any(String), token_type: "Bearer", expires_at: expect.any(String) });
  const { payload } = await verified(body.token, {
    issuer: env().baseUrl,
    audience: "students",
    subject: `user:${world.ann.user.id}`,
    typ: "at+jwt",
  });
  expect(Object.keys(payload).toSorted()).toEqual(["aud", "exp", "iat", "iss", "jti", "sub", "tid"]);
  expect(payload["tid"]).toBe(environment.id);
  expect(new Date((payload.exp ?? 0) * 1000).toISOString()).toBe(body.expires_at);
  const entries = await world.db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.environmentId, environment.id));
  const told = entries.filter(({ action }) => action === "token.issue");
  expect(told).toMatchObject([{ subjectId: payload.jti, chain: world.acme.organization.id }]);
  expect(JSON.stringify(told)).not.toContain(body.token);
});

test("a service's key is no member's", async () => {
  const { environment } = await world.activeEnvironment();
  const service = await world.service("Orders");
  expect(await code(await ask({ environment: environment.id }, service.key))).toBe("unauthenticated");
});

test("an operator who is no member gets none, as if it were not there", async () => {
  const { environment } = await world.activeEnvironment();
  const operators = await world.key(world.operator);
  expect(await code(await ask({ environment: environment.id }, operators))).toBe("not_found");
});

test("an archived environment gives none", async () => {
  const here = await world.activeEnvironment();
  await archiveEnvironment(here, { environment: here.environment.id, reason: "Done" });
  expect(await code(await ask({ environment: here.environment.id }))).toBe("tenant_inactive");
});
