import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleTrpc } from "@/server/api/handler";
import { handleAuth } from "@/server/auth/handler";
import { assembleCast, type Cast } from "@/server/testing/cast";
import { browser, openConsole, origin, password, type Console } from "@/server/testing/console";
import { inputs } from "@/server/testing/inputs";
import { appRouter } from "./root";

let console: Console;
let cast: Cast;

beforeAll(async () => {
  console = await openConsole();
  cast = await assembleCast(console);
}, 60_000);
afterAll(() => console.end());

const mutations = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
)
  .filter(([, { _def }]) => _def.type === "mutation")
  .map(([path]) => path);

const contentTypes = [
  "application/json",
  "application/json; charset=utf-8",
  "text/plain",
  "text/plain; application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=b",
  "application/jsonp",
  "application/octet-stream",
  null,
];
const origins = {
  own: () => origin(),
  foreign: () => "https://evil.test",
  "an opaque one": () => "null",
  none: () => null,
  "a tenant's subdomain": () => "http://acme-prod.localhost:3000",
  "another port": () => "http://localhost:3001",
  "another scheme": () => "https://localhost:3000",
  "the own one as a prefix": () => `${origin()}.evil.test`,
  "two of them": () => `${origin()}, https://evil.test`,
  "the own one with a path": () => `${origin()}/`,
};
const sites = ["same-origin", "none", "same-site", "cross-site", "SAME-ORIGIN", null];

function request(
  address: string,
  given: { type: string | null; origin: string | null; site: string | null; body: string },
): Request {
  const headers: Record<string, string> = {
    cookie: cast.people.owner?.cookie ?? "",
    host: "evil.test",
    "x-forwarded-host": "evil.test",
  };
  if (given.type) headers["content-type"] = given.type;
  if (given.origin) headers["origin"] = given.origin;
  if (given.site) headers["sec-fetch-site"] = given.site;
  // As bytes, so that no content type is made up for us.
  return new Request(address, { method: "POST", headers, body: new TextEncoder().encode(given.body) });
}

/** Everything in the control plane except what only says that somebody was here. */
async function everything(): Promise<string> {
  const tables = await console.db.all<{ name: string }>(
    sql`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => console.db.all(sql.raw(`select * from "${name}"`))),
  );
  return JSON.stringify(rows);
}

/** Every combination but those of the console itself. */
function combinations() {
  const all = contentTypes.flatMap((type) =>
    Object.entries(origins).flatMap(([name, make]) =>
      sites.map((site) => ({ type, origin: make(), site, name })),
    ),
  );
  return all.filter(({ type, site, name }) => {
    const isJson = type === "application/json" || type === "application/json; charset=utf-8";
    return !(isJson && name === "own" && (site === "same-origin" || site === "none" || site === null));
  });
}

describe("a request that another site could make a browser send is refused and changes nothing", () => {
  test.for(mutations)("%s", { timeout: 30_000 }, async (path) => {
    const before = await everything();
    const body = JSON.stringify({ json: inputs[path]?.(cast.names) });
    for (const given of combinations()) {
      const response = await handleTrpc(request(`${origin()}/api/trpc/${path}`, { ...given, body }));
      expect([403, 415], JSON.stringify(given)).toContain(response.status);
    }
    expect(await everything()).toBe(before);
  });
});

test("the console's own request goes through, so the refusals above are not for another reason", async () => {
  const answer = await console.call(
    browser(cast.people.owner?.cookie),
    "organizations.update",
    inputs["organizations.update"]?.(cast.names),
    "mutation",
  );
  expect(answer.error).toBeUndefined();
});

test("a batch carries its mutations no further than they would get alone", async () => {
  const before = await everything();
  const body = JSON.stringify({ 0: { json: { name: "One" } }, 1: { json: { name: "Two" } } });
  const given = { type: "application/json", origin: "https://evil.test", site: "cross-site", body };
  const response = await handleTrpc(
    request(`${origin()}/api/trpc/organizations.create,organizations.create?batch=1`, given),
  );
  expect(response.status).toBe(403);
  expect(await everything()).toBe(before);
});

test("an API key needs no origin, and a wrong one beside a cookie does not fall back to the cookie", async () => {
  const input = inputs["organizations.update"]?.(cast.names);
  expect(
    (
      await console.call(
        { authorization: `Bearer ${cast.apiKey}` },
        "organizations.update",
        input,
        "mutation",
      )
    ).error,
  ).toBeUndefined();
  const cookie = cast.people.owner?.cookie ?? "";
  for (const authorization of [
    "Bearer fh_wrong-key-that-is-long-enough",
    "Basic abc",
    "",
    `Bearer  ${cast.apiKey}`,
    `bearer ${cast.apiKey}x`,
  ]) {
    const answer = await console.call(
      { cookie, origin: origin(), authorization },
      "organizations.update",
      input,
      "mutation",
    );
    expect(answer.error?.code, authorization).toBe("unauthenticated");
  }
});

const authCalls: [path: string, body: () => unknown][] = [
  ["/sign-in/email", () => ({ email: cast.people.owner?.email, password })],
  ["/sign-up/email", () => ({ email: "eve@example.test", name: "Eve", password })],
  ["/sign-out", () => ({})],
  ["/change-password", () => ({ currentPassword: password, newPassword: "another long password" })],
  ["/revoke-other-sessions", () => ({})],
];

describe("signing in, out and up from another site is refused", () => {
  test.for(authCalls)("%s", { timeout: 30_000 }, async ([path, body]) => {
    const before = await everything();
    for (const given of combinations()) {
      if (given.name === "own" && given.site !== "cross-site" && given.site !== "same-site") continue;
      const response = await handleAuth(
        request(`${origin()}/api/auth${path}`, { ...given, body: JSON.stringify(body()) }),
      );
      expect(response.status, JSON.stringify(given)).toBe(403);
    }
    expect(await everything()).toBe(before);
  });
});

test("a body of more than a megabyte is refused before it is read to its end", async () => {
  const headers = { "content-type": "application/json", origin: origin() };
  const body = JSON.stringify({ json: { name: "x".repeat(2 * 1024 * 1024) } });
  const response = await handleTrpc(
    new Request(`${origin()}/api/trpc/organizations.create`, { method: "POST", headers, body }),
  );
  expect(response.status).toBe(413);
});
