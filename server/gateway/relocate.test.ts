import { afterAll, beforeAll, expect, test } from "vitest";
import { createGatewayWorld, exchange, tenantA, type GatewayWorld } from "@/server/testing/gateway/world";
import { locations } from "./relocate.data";

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function locationOf(where: GatewayWorld, to: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${await where.tokenOf(tenantA)}`;
  const address = `${where.url}/redirects?to=${encodeURIComponent(to)}`;
  const answer = await fetch(address, { headers: { authorization, ...headers }, redirect: "manual" });
  expect(answer.status).toBe(302);
  return ["location", "content-location"].map((name) => answer.headers.get(name));
}

test.each(locations)("a service that answers with $about: $told", async ({ answered, told }) => {
  const own = world.assessments.origin;
  const fill = (text: string) =>
    text
      .replace("{own}", own)
      .replace("{OWN}", own.toUpperCase())
      .replace("{host}", new URL(own).host)
      .replace("{asked}", world.url);
  expect(await locationOf(world, fill(answered))).toEqual([fill(told), fill(told)]);
});

test("another service behind the same gateway is another origin", async () => {
  const elsewhere = `${world.students.origin}/students`;
  expect(await locationOf(world, elsewhere)).toEqual([elsewhere, elsewhere]);
});

test("behind a hop that is trusted, the client's address is what that hop says", async () => {
  await using behind = await createGatewayWorld({ trustedHop: ["127.0.0.1"] });
  const to = `${behind.assessments.origin}/x`;
  const said = { "x-forwarded-host": "a.test", "x-forwarded-proto": "https" };
  expect(await locationOf(behind, to, said)).toEqual(["https://a.test/x", "https://a.test/x"]);
});

test("a stranger does not choose the address by its headers", async () => {
  const to = `${world.assessments.origin}/x`;
  const said = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  expect(await locationOf(world, to, said)).toEqual([`${world.url}/x`, `${world.url}/x`]);
});

test("of several hops the first one says what the client asked", async () => {
  await using behind = await createGatewayWorld({
    trustedHop: ["127.0.0.1"],
    preset: "districtService",
    sharedHost: [],
  });
  const said = { "x-forwarded-host": "app.test, inner.test" };
  const [location] = await locationOf(behind, `${behind.assessments.origin}/x`, said);
  expect(location).toBe("http://app.test/x");
});

test("a host that reads like a pattern is put in as it is", async () => {
  await using plain = await createGatewayWorld({ preset: "districtService", sharedHost: [] });
  const to = encodeURIComponent(`${plain.assessments.origin}/x`);
  const lines = [`GET /redirects?to=${to} HTTP/1.1`, "Host: $&.test"];
  lines.push(`Authorization: Bearer ${await plain.tokenOf(tenantA)}`, "Connection: close", "", "");
  expect(await exchange(plain.gateway.port, lines.join("\r\n"))).toContain("location: http://$&.test/x\r\n");
});
