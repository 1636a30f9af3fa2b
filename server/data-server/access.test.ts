import { expect, test } from "vitest";
import { DomainError } from "@/server/kernel/errors";
import { execute, pipeline, query, useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld();
const create = async () => (await world()).create({ statementMs: 60_000 });
const close = { type: "close" };
const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

async function withTransaction() {
  const database = await create();
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  const { baton } = await pipeline(database, [
    execute("BEGIN IMMEDIATE"),
    execute("INSERT INTO item VALUES (1)"),
  ]);
  return { database, baton };
}

/** The same database with another token, which stays good. */
async function others({ identity, url }: Database) {
  const { issue } = await world();
  return { url, token: issue(identity, "admin") };
}

test("a revoked token opens nothing from the next request on, a stream of it included", async () => {
  const { database, baton } = await withTransaction();
  const { tokens } = await world();
  tokens.delete(database.token);
  const refused = { status: 401, code: "AUTH_FAILED" };
  expect(await pipeline(database, [execute("SELECT 1")])).toMatchObject(refused);
  expect(await pipeline(database, [execute("COMMIT")], { baton })).toMatchObject(refused);
});

test("when the book says that a tenant changed, streams of a revoked token are ended and undone", async () => {
  const { database, baton } = await withTransaction();
  const other = await others(database);
  const { tokens, changed } = await world();
  const access = tokens.get(database.token)!;
  tokens.delete(database.token);
  changed(access.tenant);
  await query(other, "INSERT INTO item VALUES (1)");
  tokens.set(database.token, access);
  expect(await pipeline(database, [execute("COMMIT")], { baton })).toMatchObject({
    status: 400,
    code: "BATON_INVALID",
  });
  expect(await query(other, "SELECT count(*) FROM item")).toEqual([["1"]]);
});

test("a statement that runs is ended when its token is revoked", async () => {
  const database = await create();
  const { tokens, changed, server } = await world();
  const running = pipeline(database, [execute(endless), close]);
  await expect.poll(() => server.executors().some(({ isBusy }) => isBusy)).toBe(true);
  tokens.delete(database.token);
  changed("all");
  expect(await running).toMatchObject({ status: 401, code: "AUTH_FAILED" });
});

test("a suspended tenant is refused with its own code, and its neighbour is not", async () => {
  const { database, baton } = await withTransaction();
  const neighbour = await withTransaction();
  const { inactive, changed } = await world();
  inactive.add(database.identity.tenant);
  changed(database.identity.tenant);
  changed(neighbour.database.identity.tenant);
  expect(await pipeline(database, [execute("SELECT 1")])).toMatchObject({
    status: 403,
    code: "TENANT_INACTIVE",
  });
  inactive.delete(database.identity.tenant);
  expect(await pipeline(database, [], { baton })).toMatchObject({ code: "BATON_INVALID" });
  expect(await query(database, "SELECT count(*) FROM item")).toEqual([["0"]]);
  const kept = await pipeline(neighbour.database, [execute("COMMIT"), close], { baton: neighbour.baton });
  expect(kept.status).toBe(200);
});

test("a token opens its own database, under its own names", async () => {
  const [database, other] = [await create(), await create()];
  const foreign = { url: other.url, token: database.token };
  expect(await pipeline(foreign, [execute("SELECT 1")])).toMatchObject({ status: 404, code: "NOT_FOUND" });
});

test("an expired token is refused, whatever the book says", async () => {
  const { database, baton } = await withTransaction();
  const { tokens } = await world();
  tokens.set(database.token, { ...tokens.get(database.token)!, expiresAt: new Date() });
  const refused = { status: 401, code: "AUTH_EXPIRED" };
  expect(await pipeline(database, [execute("SELECT 1")])).toMatchObject(refused);
  expect(await pipeline(database, [execute("COMMIT")], { baton })).toMatchObject(refused);
});

test("a book that does not answer is nobody's fault, and ends no stream", async () => {
  const { database, baton } = await withTransaction();
  const { book, changed } = await world();
  const { find } = book;
  book.find = async () => Promise.reject(new Error("postgres://u:secret@host is down"));
  const given = await pipeline(database, [execute("SELECT 1")]);
  changed("all");
  book.find = find;
  expect(given).toMatchObject({ status: 503, code: "UNAVAILABLE" });
  expect(given.message).not.toContain("secret");
  expect(await pipeline(database, [execute("COMMIT"), close], { baton })).toMatchObject({ status: 200 });
});

test.each([
  ["forbidden", 403],
  ["limit", 429],
] as const)("a book that says %s is answered with %i", async (code, status) => {
  const database = await create();
  const { book } = await world();
  const { find } = book;
  book.find = async () => Promise.reject(new DomainError(code, "Not today."));
  const given = await pipeline(database, [execute("SELECT 1")]);
  book.find = find;
  expect(given).toMatchObject({ status, message: "Not today." });
});
