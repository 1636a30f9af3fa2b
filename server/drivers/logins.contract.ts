import { describe, expect, onTestFinished, test as register } from "vitest";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import type { Address, CredentialScope, Login, TenantDriver } from "./driver";
import { listAll, newIdentity } from "./driver.contract";

/** A connection of a client. A query that is refused rejects. */
export interface TestClient {
  query(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface LoginTesting {
  make(): TenantDriver | Promise<TenantDriver>;
  /** Logs in as a client would; rejects when it is not let in, at the latest with the first query. */
  connect(address: Address, login: Login): Promise<TestClient>;
  /** A table that Freehold itself keeps, as SQL names it. */
  systemTable: string;
  /** What a credential may be for here; all scopes when left out. */
  scopes?: readonly CredentialScope[];
  /** Whose credentials are tried; those of one program or person when left out. */
  audience?: Login["audience"];
  /** Promises that this kind of database cannot keep, each with the reason. */
  except?: Readonly<Partial<Record<Promised, string>>>;
}

type Promised =
  | "works once it is installed, and again after a second time"
  | "takes no other secret"
  | "does not work before it is installed"
  | "is refused after its time"
  | "is known to its database alone, where the database keeps a list"
  | "does not reach another tenant's database"
  | "may do what its scope says, and nothing else"
  | "reads Freehold's own tables and writes none of them"
  | "ends with its open sessions when it is revoked"
  | "leaves what it made behind for the next"
  | "goes with its database"
  | "is out while its database is suspended, and in again afterwards"
  | "that is installed during a suspension waits for its end";

/** What every driver promises about logins. */
export function testLogins(name: string, testing: LoginTesting): void {
  describe(`a login of the ${name} driver`, () => {
    lettingIn(testing);
    fencing(testing);
    ending(testing);
    suspending(testing);
  });
}

async function freshDatabase({ make, connect, audience = "direct" }: LoginTesting) {
  const driver = await make();
  onTestFinished(() => driver.close());
  const identity = newIdentity();
  await driver.createDatabase(identity);
  return {
    driver,
    identity,
    async issue(scope: CredentialScope, options: Partial<Login> = {}): Promise<Login> {
      const request = { credentialId: newId(), audience, scope, expiresAt: null, ...options };
      const login = { secret: await driver.mintSecret(identity, request), ...request };
      await driver.installLogin(identity, login);
      return login;
    },
    async open(login: Login, at = identity): Promise<TestClient> {
      const client = await connect(driver.address(at, login.credentialId), login);
      onTestFinished(() => client.close().catch(() => undefined));
      return client;
    },
  };
}

const scopesOf = ({ scopes = ["readonly", "readwrite", "admin"] }: LoginTesting) => scopes;

const declare: (title: string, keep: () => Promise<void>) => void = register;

/** Leaves out what this kind of database cannot promise. */
const promising =
  ({ except = {} }: LoginTesting) =>
  (promised: Promised, keep: () => Promise<void>): void => {
    if (except[promised] === undefined) declare(promised, keep);
  };

/** True when the client got an answer. */
async function works(client: TestClient | Promise<TestClient>): Promise<boolean> {
  try {
    await (await client).query("SELECT 1");
    return true;
  } catch {
    return false;
  }
}

function lettingIn(testing: LoginTesting): void {
  const test = promising(testing);
  test("works once it is installed, and again after a second time", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const login = await issue("readwrite");
    await driver.installLogin(identity, login);
    await driver.verifyLogin(identity, login);
    expect(await works(open(login))).toBe(true);
  });

  test("takes no other secret", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const login = { ...(await issue("readwrite")), secret: new Secret("not-the-secret") };
    await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
    expect(await works(open(login))).toBe(false);
  });

  test("does not work before it is installed", async () => {
    const { driver, identity, issue } = await freshDatabase(testing);
    const login = { ...(await issue("readwrite")), credentialId: newId() };
    if (driver.address(identity, login.credentialId).username === null) return;
    await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
  });

  test("is refused after its time", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const login = await issue("readwrite", { expiresAt: new Date(Date.now() - 1_000) });
    await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
    expect(await works(open(login))).toBe(false);
  });

  test("is known to its database alone, where the database keeps a list", async () => {
    const { driver, identity, issue } = await freshDatabase(testing);
    const neighbour = newIdentity();
    await driver.createDatabase(neighbour);
    const logins = await Promise.all(scopesOf(testing).map((scope) => issue(scope)));
    const listed = await driver.listLogins(identity);
    if (listed === null) return;
    const ids = logins.map(({ credentialId }) => credentialId);
    expect(listed.toSorted()).toEqual(ids.toSorted());
    expect(await driver.listLogins(neighbour)).toEqual([]);
  });

  test("does not reach another tenant's database", async () => {
    const { driver, issue, open } = await freshDatabase(testing);
    const neighbour = newIdentity();
    await driver.createDatabase(neighbour);
    for (const scope of scopesOf(testing)) {
      const login = await issue(scope);
      await expect(driver.verifyLogin(neighbour, login)).rejects.toMatchObject({ code: "precondition" });
      expect(await works(open(login, neighbour))).toBe(false);
    }
  });
}

function fencing(testing: LoginTesting): void {
  const test = promising(testing);
  const make = "CREATE TABLE item (id integer PRIMARY KEY)";
  const attempts: Record<string, string> = {
    "create a table": "CREATE TABLE other (id integer PRIMARY KEY)",
    "change a table": "ALTER TABLE item ADD COLUMN name text",
    "drop a table": "DROP TABLE item",
    "add rows": "INSERT INTO item VALUES (2)",
    "change rows": "UPDATE item SET id = 3 WHERE id = 1",
    "remove rows": "DELETE FROM item",
    "read rows": "SELECT id FROM item",
  };
  const reading = ["read rows"];
  const writing = ["add rows", "change rows", "remove rows", ...reading];
  const may: Record<CredentialScope, string[]> = {
    readonly: reading,
    readwrite: writing,
    admin: Object.keys(attempts),
  };

  const cases = Object.entries(may).flatMap(([scope, allowed]) =>
    Object.entries(attempts).map(([what, sql]) => ({ scope, what, sql, allowed: allowed.includes(what) })),
  );

  test("may do what its scope says, and nothing else", async () => {
    const { issue, open } = await freshDatabase(testing);
    const owner = await open(await issue("admin"));
    const clients = {
      readonly: await open(await issue("readonly")),
      readwrite: await open(await issue("readwrite")),
      admin: await open(await issue("admin")),
    };
    const wrong = [];
    for (const { scope, what, sql, allowed } of cases) {
      await owner.query("DROP TABLE IF EXISTS item");
      await owner.query("DROP TABLE IF EXISTS other");
      await owner.query(make);
      await owner.query("INSERT INTO item VALUES (1)");
      const client = clients[scope as CredentialScope];
      const was = await client.query(sql).then(
        () => true,
        () => false,
      );
      if (was !== allowed) wrong.push({ scope, what, was });
    }
    expect(wrong).toEqual([]);
  });

  test("reads Freehold's own tables and writes none of them", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const before = await driver.inspectDatabase(identity);
    for (const scope of scopesOf(testing)) {
      const client = await open(await issue(scope));
      const { systemTable } = testing;
      expect(await client.query(`SELECT * FROM ${systemTable}`)).toHaveLength(1);
      await expect(client.query(`DELETE FROM ${systemTable}`)).rejects.toThrow();
      await expect(client.query(`UPDATE ${systemTable} SET version = 'x'`)).rejects.toThrow();
      await expect(client.query(`DROP TABLE ${systemTable}`)).rejects.toThrow();
      await expect(client.query(`ALTER TABLE ${systemTable} ADD COLUMN x integer`)).rejects.toThrow();
    }
    expect((await driver.inspectDatabase(identity)).stamp).toEqual(before.stamp);
    expect((await driver.inspectDatabase(identity)).tables).toEqual(before.tables);
  });
}

function ending(testing: LoginTesting): void {
  const test = promising(testing);
  test("ends with its open sessions when it is revoked", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const widest = scopesOf(testing).at(-1) ?? "readwrite";
    const [login, other] = [await issue(widest), await issue("readwrite")];
    const [session, otherSession] = [await open(login), await open(other)];
    expect(await session.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await driver.revokeLogin(identity, login.credentialId);
    expect(await works(session)).toBe(false);
    expect(await works(open(login))).toBe(false);
    await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
    if (driver.revokes === "one") {
      expect(await otherSession.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
      await driver.verifyLogin(identity, other);
    }
    await driver.revokeLogin(identity, login.credentialId);
    await driver.revokeLogin(identity, newId());
  });

  test("leaves what it made behind for the next", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const first = await issue("admin");
    const session = await open(first);
    await session.query("CREATE TABLE item (id integer PRIMARY KEY)");
    await driver.revokeLogin(identity, first.credentialId);
    const next = await open(await issue("admin"));
    await next.query("ALTER TABLE item ADD COLUMN name text");
    const reader = await open(await issue("readonly"));
    expect(await reader.query("SELECT id, name FROM item")).toEqual([]);
  });

  test("goes with its database", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const login = await issue("readwrite");
    const session = await open(login);
    await driver.dropDatabase(identity);
    expect(await works(session)).toBe(false);
    expect(await listAll(driver)).toEqual([]);
    await driver.createDatabase(identity);
    expect((await driver.listLogins(identity)) ?? []).toEqual([]);
    await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
  });
}

function suspending(testing: LoginTesting): void {
  const test = promising(testing);
  test("is out while its database is suspended, and in again afterwards", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    const login = await issue("readwrite");
    const session = await open(login);
    await driver.suspendDatabase(identity);
    await driver.suspendDatabase(identity);
    expect(await works(session)).toBe(false);
    expect(await works(open(login))).toBe(false);
    await driver.verifyDatabase(identity);
    expect((await driver.inspectDatabase(identity)).tables).toHaveLength(3);
    await driver.resumeDatabase(identity);
    await driver.resumeDatabase(identity);
    await driver.verifyLogin(identity, login);
    expect(await works(open(login))).toBe(true);
  });

  test("that is installed during a suspension waits for its end", async () => {
    const { driver, identity, issue, open } = await freshDatabase(testing);
    await driver.suspendDatabase(identity);
    const login = await issue("readwrite");
    expect(await works(open(login))).toBe(false);
    await driver.resumeDatabase(identity);
    expect(await works(open(login))).toBe(true);
  });
}
