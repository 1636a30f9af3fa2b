import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { user } from "@/drizzle/control/schema/people";
import { verifyChain } from "@/server/audit/verify";
import { cachedIdentity, cacheIdentity } from "@/server/kernel/identity-cache";
import type { UserContext } from "@/server/kernel/context";
import { createWorld, type World } from "@/server/testing/world";
import { renamePerson } from "./rename";
import { RenamePerson } from "./schema";

let world: World;
let ann: UserContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
});
afterAll(() => world.end());

const nameOf = async (person: UserContext) =>
  (await world.db.select().from(user).where(eq(user.id, person.user.id)))[0]?.name;
const trail = () =>
  world.db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.action, "user.rename"))
    .orderBy(desc(auditEntry.seq));

test("a person gets another name, on the record, and nobody keeps the old one in memory", async () => {
  const bob = await world.person("Bob");
  const known = {
    name: "Ann",
    email: ann.user.email,
    emailVerified: false,
    isOperator: false,
    sessionToken: null,
  };
  cacheIdentity("ann", {
    ...known,
    userId: ann.user.id,
    activeEnvironmentId: null,
    apiKey: null,
    expiresAt: Date.now() + 60_000,
  });
  expect(await renamePerson(ann, { name: "Ann Onymous" })).toEqual({ name: "Ann Onymous" });
  expect(await nameOf(ann)).toBe("Ann Onymous");
  expect(await nameOf(bob)).toBe("Bob");
  expect(cachedIdentity("ann")).toBeUndefined();
  const [entry] = await trail();
  expect(entry).toMatchObject({ chain: "fleet", actorId: ann.user.id, subjectId: ann.user.id });
  expect(JSON.parse(entry?.detail ?? "")).toEqual({ from: "Ann", to: "Ann Onymous" });
  expect(await verifyChain(world.db, "fleet")).toMatchObject({ broken: null });
});

test("the same name again changes nothing and leaves no entry", async () => {
  const before = (await trail()).length;
  await renamePerson(ann, { name: "Ann Onymous" });
  expect(await trail()).toHaveLength(before);
});

test.each(["", "   ", "a\u202eb", "x".repeat(256)])("the name %j is refused", (name) => {
  expect(RenamePerson.safeParse({ name }).success).toBe(false);
});
