import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyDigest } from "@/sdk/tokens/body-digest";
import { createContextSigner } from "@/sdk/tokens/signed-context";
import { handlePutContextKey } from "@/server/api/internal/context-keys";
import { revokeService } from "@/server/domain/services/revoke";
import { explained } from "@/server/testing/explained";
import { json, restCaller } from "@/server/testing/rest";
import { asService, createServiceWorld, type ServiceWorld } from "@/server/testing/service-world";
import { calculateJwkThumbprint } from "jose";

let world: ServiceWorld;
let key: string;
let tenant: string;
const call = restCaller(() => key);
const ask = async (body: object) => explained(await call("POST", "/resolve", json(body)));

beforeAll(async () => {
  world = await createServiceWorld();
  key = await world.key(world.operator);
  tenant = (await world.activeEnvironment()).environment.id;
}, 60_000);
afterAll(() => world.end());

/** A registered service that signs, at a moment of its own. */
async function signerOf(name: string, now = Date.now) {
  const service = await world.service(name);
  const register = async (jwk: { kty: "OKP"; crv: "Ed25519"; x: string }) => {
    const kid = await calculateJwkThumbprint(jwk);
    const init = {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jwk }),
    };
    const path = `/internal/context-keys/${kid}`;
    expect((await handlePutContextKey(asService(service.key, path, init), kid)).status).toBe(201);
    return { kid, signsUntil: new Date(Date.now() + 3_600_000) };
  };
  return { service, signer: createContextSigner({ issuer: name, register, now }) };
}

const outgoing = { audience: "students", method: "GET", path: "/orders?x=1", bodyDigest: emptyDigest };
const asked = (context: string, more: object = {}) => ({
  curl: `curl 'https://a.test/orders?x=1' -H 'X-Freehold-Context: ${context}'`,
  service: "students",
  ...more,
});

test("a context of a registered service decides, and the explanation says what is not looked at", async () => {
  const { signer } = await signerOf("gateway");
  const context = await signer.sign({ tenant, subject: null }, outgoing);
  const answer = await ask(asked(context));
  expect(answer.resolved).toEqual({ tenant, decided_by: "context", authenticated: true });
  expect(answer.notes[0]).toBe("Contexts of every registered service are taken here, whatever the body is.");
  expect(JSON.stringify(answer)).not.toContain(context);
});

test("a context that does not verify is told why, and the client is not", async () => {
  const { service, signer } = await signerOf("portal");
  const late = await signerOf("late", () => Date.now() - 200_000);
  const context = await signer.sign({ tenant, subject: null }, outgoing);
  const old = await late.signer.sign({ tenant, subject: null }, outgoing);
  const reasonOf = async (body: object) => {
    const answer = await ask(body);
    expect(answer.refusal).toMatchObject({
      code: "unauthenticated",
      message: "A valid token for a tenant is needed.",
    });
    expect(answer.hints[0]).toMatchObject({ source: "context", verdict: "malformed", saw: [] });
    return answer.hints[0]?.reason;
  };
  expect(await reasonOf(asked(context, { service: "orders" }))).toBe(
    "It does not verify: it is for somebody else.",
  );
  const elsewhere = { curl: `curl https://a.test/ -H 'X-Freehold-Context: ${context}'`, service: "students" };
  expect(await reasonOf(elsewhere)).toBe("It does not verify: it is for another call.");
  expect(await reasonOf(asked(old))).toBe("It does not verify: it expired 2 minutes ago.");
  expect(await reasonOf(asked(`${context.split(".").slice(0, 2).join(".")}.${"A".repeat(86)}`))).toBe(
    "It does not verify: signature verification failed.",
  );
  await revokeService(world.operator, { service: service.id });
  expect(await reasonOf(asked(context))).toBe("It does not verify: its key is not known.");
});
