import { expect, test } from "vitest";
import { FreeholdError } from "../errors/freehold-error.ts";
import { ids } from "../testing/catalog.data.ts";
import { incomingOf, openIssuer, type Row } from "../testing/resolution-case.ts";
import type { HintContributor, Incoming } from "../transports/incoming.ts";
import { collectHints, type CollectingMeans } from "./collect.ts";
import type { Hint } from "./hint.ts";
import { databasePerTenant, dedicatedSingleTenant, sharedDb } from "./presets.ts";

const issuer = await openIssuer();
const policy = {
  ...databasePerTenant(),
  order: ["cookie", "token", "context", "session", "header", "host", "query"],
};
const collect = async (row: Partial<Row>, means: Partial<CollectingMeans> = {}) => {
  const incoming = await incomingOf({ policy, is: "", ...row }, issuer);
  return collectHints(incoming, row.policy ?? policy, { ...issuer.means, ...means });
};
const cookie = (order: number, seen: string[]): HintContributor => ({
  source: "cookie",
  order,
  collect: () => {
    seen.push(`cookie ${order}`);
    return hintOf("cookie");
  },
});
const hintOf = (source: string): Hint => ({
  source,
  raw: [ids.ann],
  trusted: false,
  names: "tenant",
  label: source,
  because: "set by the service",
});

test("who is behind it: the signed context before the token, the token before the session", async () => {
  const subject = { kind: "user", id: "origin" };
  const verifyContext: CollectingMeans["verifyContext"] = () =>
    Promise.resolve({ ...signed, subject, tenant: ids.ann });
  const everything = { token: { tid: ids.ann }, session: ids.ann, context: "x" };
  expect((await collect(everything, { verifyContext })).subject).toEqual(subject);
  expect((await collect(everything)).subject).toEqual({ kind: "user", id: "ann" });
  expect((await collect({ session: null })).subject).toEqual({ kind: "user", id: "u1" });
  expect((await collect({})).subject).toBeNull();
});

test.each([
  ["user:7", { kind: "user", id: "7" }],
  ["service:students", { kind: "service", id: "students" }],
  ["system:a:b", { kind: "system", id: "a:b" }],
  ["auth0|x:y", { kind: "user", id: "auth0|x:y" }],
])("the subject %s", async (sub, expected) => {
  const token = await issuer.sign({ tid: ids.ann, sub });
  const row = { headers: { authorization: `Bearer ${token}` } };
  expect((await collect(row)).subject).toEqual(expected);
});

test("a context is checked against the call that brings it, and asks for the body only through it", async () => {
  const seen: unknown[] = [];
  const verifyContext: CollectingMeans["verifyContext"] = async (token, { method, path, bodyDigest }) => {
    seen.push([token, method, path, await bodyDigest()]);
    return { ...signed, tenant: ids.ann };
  };
  const { hints } = await collect({ context: "x.y.z", path: "/a?b=1" }, { verifyContext });
  expect(seen).toEqual([["x.y.z", "GET", "/a?b=1", ""]]);
  expect(hints).toContainEqual(expect.objectContaining({ source: "context", raw: [ids.ann], trusted: true }));
});

test("contributors are asked by their order, and their sources have to be listed to count", async () => {
  const seen: string[] = [];
  const query: HintContributor = { source: "query", order: 5, collect: () => Promise.resolve(null) };
  const contributors = [cookie(100, seen), cookie(10, seen), query];
  const { hints } = await collect({}, { contributors });
  expect(seen).toEqual(["cookie 10", "cookie 100"]);
  expect(hints.filter(({ source }) => source === "cookie")).toHaveLength(2);
});

test.each(["token", "static", "header", "query"])(
  "a contributor cannot pass its hint off as %s",
  async (source) => {
    const impostor: HintContributor = { source: "cookie", order: 1, collect: () => hintOf(source) };
    await expect(collect({}, { contributors: [impostor] })).rejects.toThrow(TypeError);
  },
);

test("what breaks in a contributor or a verifier is not taken for an absent hint", async () => {
  const broken: HintContributor = {
    source: "cookie",
    order: 1,
    collect: () => Promise.reject(new RangeError("x")),
  };
  await expect(collect({}, { contributors: [broken] })).rejects.toThrow(RangeError);
  const verifyToken = () => Promise.reject(new RangeError("a bug"));
  await expect(collect({ token: { tid: ids.ann } }, { verifyToken })).rejects.toThrow(RangeError);
});

test("when the issuer cannot be asked, that is said, with what was there", async () => {
  const away = () => Promise.reject(new FreeholdError("unavailable", "Away."));
  const row = { token: { tid: ids.ann }, headers: { "x-tenant-id": ids.ann } };
  await expect(collect(row, { verifyToken: away })).rejects.toMatchObject({
    code: "unavailable",
    explanation: {
      hints: [
        { source: "token", verdict: "ignored", reason: "It cannot be checked." },
        { source: "header", saw: [ids.ann] },
        { source: "host", saw: ["ann.test"] },
      ],
      outcome: { refused: "unavailable" },
    },
  });
  await expect(collect({ context: ids.ann }, { verifyContext: away })).rejects.toMatchObject({
    code: "unavailable",
    explanation: { outcome: { refused: "unavailable" } },
  });
});

test("with a configured tenant that is not strict, nothing is read, not even the token", async () => {
  const verifyToken = () => Promise.reject(new RangeError("asked"));
  const loose = dedicatedSingleTenant(ids.ann, { strict: false });
  const { hints } = await collect({ policy: loose, token: "forged" }, { verifyToken });
  expect(hints).toMatchObject([{ source: "static", raw: [ids.ann] }]);
});

test("sources that the policy does not list are not looked at", async () => {
  const row = { policy: sharedDb, session: ids.bob, path: "/environments/bob", host: "bob.test" };
  expect((await collect(row)).hints).toEqual([]);
});

test("a service that knows no issuer says that it ignores tokens and contexts", async () => {
  const incoming: Incoming = await incomingOf({ policy, is: "", token: "forged", context: ids.ann }, issuer);
  const { hints } = await collectHints(incoming, sharedDb, { isTrustedHop: () => false, contributors: [] });
  expect(hints.map(({ source, trusted, ignored }) => [source, trusted, ignored])).toEqual([
    ["token", false, "This service knows no issuer of tokens."],
    ["context", false, "This service takes nobody's contexts."],
  ]);
});

const signed = {
  issuer: "gateway",
  audience: "students",
  tenant: "",
  subject: null,
  method: "GET",
  path: "/",
  bodyDigest: "",
  expiresAt: 0,
};
