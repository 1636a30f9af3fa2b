import { expect, test } from "vitest";
import { pieces, type Scene } from "../testing/http-scene.ts";
import { tenants } from "../testing/http-world.ts";

const json = { "content-type": "application/json" };

/** What callers get: their tenant, a problem, or a failure that says nothing. */
export function answering(scene: () => Scene): void {
  const ask = async (path: string, init: RequestInit = {}, tenant: "A" | "B" | "asleep" | null = "A") => {
    const { url, tokens } = scene();
    const told = new Headers(init.headers);
    if (tenant) told.set("authorization", tokens[tenant]);
    return fetch(url(path), { ...init, headers: told });
  };

  test("two tenants, each with its own", async () => {
    for (const letter of ["A", "B"] as const) {
      const answer = await ask("/whoami", {}, letter);
      expect(await answer.json()).toEqual({
        tenant: tenants[letter],
        decidedBy: "token",
        authenticated: true,
      });
    }
  });

  test("every 401 with one same body and a challenge", async () => {
    const unsigned = { headers: { authorization: "Bearer a.b.c" } };
    const answers = [await ask("/whoami", {}, null), await ask("/whoami", unsigned, null)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(answers.map(({ headers: told }) => told.get("www-authenticate"))).toEqual(["Bearer", "Bearer"]);
    expect(await answers[0]!.text()).toBe(await answers[1]!.text());
  });

  test("a refusal with its problem document, which nobody keeps", async () => {
    const answer = await ask("/whoami", {}, "asleep");
    expect(answer.status).toBe(403);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({
      type: "about:blank",
      title: "Forbidden",
      status: 403,
      code: "tenant_inactive",
      detail: "The tenant is not active.",
    });
  });

  test("a refusal of the handler the same way", async () => {
    const answer = await ask("/refuses");
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: "schema_too_old" }]);
  });

  test("an error of the handler with 500 and nothing of what it says, and the next request", async () => {
    const answer = await ask("/fails");
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("hunter2");
    expect((await ask("/whoami")).status).toBe(200);
  });

  test("HEAD with a status, and no body whether it is served or refused", async () => {
    for (const [tenant, status] of [
      ["A", 200],
      ["asleep", 403],
      [null, 401],
    ] as const) {
      const answer = await ask("/whoami", { method: "HEAD" }, tenant);
      expect([answer.status, await answer.text()]).toEqual([status, ""]);
    }
  });

  test("OPTIONS no sooner than any other method", async () => {
    expect((await ask("/whoami", { method: "OPTIONS" }, null)).status).toBe(401);
    expect((await ask("/whoami", { method: "OPTIONS" })).status).toBe(200);
  });

  test("a suspended tenant with 403 from the next request on, and serves it again", async () => {
    const { world } = scene();
    const statuses = [];
    for (const status of ["suspended", "active"] as const) {
      world.store.setStatus(tenants.B, status);
      statuses.push((await ask("/whoami", {}, "B")).status);
    }
    expect(statuses).toEqual([403, 200]);
  });

  test("a hundred interleaved requests of two tenants without swapping one", async () => {
    const asked = Array.from({ length: 100 }, (_, index) =>
      index % 3 === 0 ? ("B" as const) : ("A" as const),
    );
    const answers = await Promise.all(
      asked.map(async (letter, mark) => {
        const init = { method: "POST", headers: json, body: JSON.stringify({ mark, letter }) };
        return (await ask("/echo", init, letter)).json() as Promise<unknown>;
      }),
    );
    expect(answers).toEqual(
      asked.map((letter, mark) => ({ tenant: tenants[letter], body: { mark, letter } })),
    );
  });

  test("a long response with every byte", async () => {
    const answer = await ask("/download");
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.concat(pieces))).toBe(true);
  });
}
