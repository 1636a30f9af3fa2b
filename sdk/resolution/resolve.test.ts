import { expect, test } from "vitest";
import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import { ids } from "../testing/catalog.data.ts";
import { knownTenants } from "../testing/known-tenants.ts";
import type { TenantEntry } from "../stores/tenant-store.ts";
import type { Explanation } from "./explanation.ts";
import type { Hint, TenantReference } from "./hint.ts";
import { databasePerTenant, dedicatedSingleTenant, headerFilter, sharedDb } from "./presets.ts";
import { resolve } from "./resolve.ts";

const hint = (source: string, value: string, trusted = true): Hint => ({
  source,
  raw: [value],
  trusted,
  names: source === "host" ? "host" : "tenant",
  label: source,
  because: "said by the test",
});
const verdicts = (explanation: Explanation | undefined) =>
  explanation?.hints.map(({ source, verdict }) => `${source} ${verdict}`);
const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isFreeholdError(error)) throw new Error("It was not refused.");
  return error;
};

test("the context has the tenant's facts, who asks, and the whole explanation", async () => {
  const { store } = knownTenants();
  const subject = { kind: "user", id: "u1" };
  const hints = [hint("header", "ann", false), hint("token", ids.ann), hint("cookie", "x")];
  const context = await resolve(hints, sharedDb, store, subject);
  expect(context).toMatchObject({
    tenant: ids.ann,
    organization: "acme",
    environment: "ann",
    epoch: 1,
    decidedBy: "token",
    authenticated: true,
    subject,
  });
  expect(context.explanation.outcome).toEqual({ tenant: ids.ann, decidedBy: "token", authenticated: true });
  expect(context.explanation.hints[0]).toEqual({
    source: "token",
    label: "token",
    saw: [ids.ann],
    trusted: true,
    because: "said by the test",
    verdict: "decides",
    tenant: ids.ann,
    reason: "It is the first trusted source in the order.",
  });
  expect(verdicts(context.explanation)).toEqual(["token decides", "header agrees", "cookie ignored"]);
  expect(context.explanation).toBe(context.explanation);
});

test("two ids that differ are refused before anybody is asked", async () => {
  const { store, asked } = knownTenants();
  const error = await refusalOf(
    resolve([hint("token", ids.ann), hint("header", ids.bob, false)], sharedDb, store),
  );
  expect(error).toMatchObject({ code: "tenant_conflict", status: 403 });
  expect(error.message).not.toContain(ids.bob);
  expect(verdicts(error.explanation)).toEqual(["token decides", "header contradicts"]);
  expect(asked).toEqual([]);
});

test("what names nobody and what does not exist look the same to a caller of another tenant", async () => {
  const { store } = knownTenants();
  const say = (name: string) =>
    refusalOf(resolve([hint("token", ids.ann), hint("header", name, false)], sharedDb, store));
  const [existing, missing] = [await say("bob"), await say("nobody")];
  expect(missing).toMatchObject({ code: existing.code, message: existing.message });
});

test("one that may not decide is looked up for nobody: 10,000 ids ask nothing and leave nothing", async () => {
  const { store, asked } = knownTenants({ isCold: true });
  for (let turn = 0; turn < 10_000; turn++) {
    const id = `0f000000-0000-4000-8000-${turn.toString(16).padStart(12, "0")}`;
    await expect(resolve([hint("header", id, false)], headerFilter, store)).rejects.toThrow(FreeholdError);
  }
  expect(asked).toEqual([]);
});

test("10,000 unknown tenants are asked for once each, and one that is made is found at the next request", async () => {
  const made = new Map<string, TenantEntry>();
  const asked: TenantReference[] = [];
  const store = {
    peek: () => undefined,
    find: (reference: TenantReference) => {
      asked.push(reference);
      return Promise.resolve(made.get(reference.value) ?? null);
    },
  };
  const known = await knownTenants().store.find({ by: "id", value: ids.ann });
  const idOf = (turn: number) => `0f000000-0000-4000-8000-${turn.toString(16).padStart(12, "0")}`;
  for (let turn = 0; turn < 10_000; turn++)
    await expect(resolve([hint("token", idOf(turn))], sharedDb, store)).rejects.toMatchObject({
      code: "not_found",
    });
  expect(asked).toHaveLength(10_000);
  if (known) made.set(idOf(7), { ...known, tenant: idOf(7) });
  expect(await resolve([hint("token", idOf(7))], sharedDb, store)).toMatchObject({ tenant: idOf(7) });
});

test("a store that answers for another id moves nobody", async () => {
  const ann = await knownTenants().store.find({ by: "id", value: ids.ann });
  const store = { peek: () => ann, find: () => Promise.resolve(ann) };
  await expect(resolve([hint("token", ids.bob)], sharedDb, store)).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a store that cannot say is said so, with what was there", async () => {
  const store = {
    peek: () => undefined,
    find: () => Promise.reject(new FreeholdError("unavailable", "Away.")),
  };
  const error = await refusalOf(resolve([hint("token", ids.ann)], sharedDb, store));
  expect(error).toMatchObject({ code: "unavailable", status: 503 });
  expect(error.explanation?.hints).toMatchObject([{ source: "token", saw: [ids.ann] }]);
  const broken = { peek: () => undefined, find: () => Promise.reject(new RangeError("a bug")) };
  await expect(resolve([hint("token", ids.ann)], sharedDb, broken)).rejects.toThrow(RangeError);
});

test("a hint that claims to be the configuration is none", async () => {
  const { store } = knownTenants();
  const strict = dedicatedSingleTenant(ids.ann, { strict: true });
  expect(await resolve([hint("static", ids.bob)], strict, store)).toMatchObject({ tenant: ids.ann });
  await expect(resolve([hint("static", ids.bob)], sharedDb, store)).rejects.toMatchObject({
    code: "tenant_required",
  });
});

test("what is seen is short and printable", async () => {
  const { store } = knownTenants();
  const hostile = `${"é\n\u202e".repeat(100)}`;
  const error = await refusalOf(resolve([hint("header", hostile)], headerFilter, store));
  const [seen] = error.explanation?.hints[0]?.saw ?? [];
  expect(seen).toMatch(/^(?:\\u[0-9a-f]{4})+.*…$/);
  expect(seen).toHaveLength(120);
});

test("an inactive tenant's explanation says how it stands", async () => {
  const { store } = knownTenants();
  const policy = databasePerTenant();
  const error = await refusalOf(resolve([hint("host", "suspended.test", false)], policy, store));
  expect(error.explanation?.hints).toMatchObject([
    {
      verdict: "inactive",
      tenant: ids.suspended,
      reason: "The tenant is suspended: it serves nobody at the moment.",
    },
  ]);
  expect(error.explanation?.outcome).toMatchObject({ refused: "tenant_inactive" });
});
