import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiKey, user } from "@/drizzle/control/schema/people";
import { forgetIdentity } from "@/server/kernel/identity-cache";
import { browser, openConsole, type Console, type SignedUp } from "@/server/testing/console";

let console: Console;
let ann: SignedUp;

beforeAll(async () => {
  console = await openConsole();
  ann = await console.signUp("Ann");
});
afterAll(() => console.end());

describe("an API key opens nothing", () => {
  const works = async (key: string) =>
    (await console.call({ authorization: `Bearer ${key}` }, "navigation.me", {})).error === undefined;

  const ends: Record<string, (owner: SignedUp, id: string) => Promise<unknown>> = {
    "when it is revoked": (owner, id) =>
      console.call(browser(owner.cookie), "apiKeys.revoke", { apiKey: id }, "mutation"),
    "when it has expired": (_, id) =>
      console.db
        .update(apiKey)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(apiKey.id, id)),
    "when its owner is banned": (owner) =>
      console.db.update(user).set({ banned: true }).where(eq(user.id, owner.id)),
    "when its owner is gone": (owner) => console.db.delete(user).where(eq(user.id, owner.id)),
  };

  test.for(Object.entries(ends))("%s", async ([name, end]) => {
    const owner = await console.signUp("Keyholder");
    const made = (await console.call(browser(owner.cookie), "apiKeys.create", { name: "k" }, "mutation"))
      .value as { id: string; key: string };
    expect(await works(made.key)).toBe(true);
    await end(owner, made.id);
    if (name !== "when it is revoked") forgetIdentity(owner.id);
    expect(await works(made.key)).toBe(false);
  });

  test("when it is not exactly the key", async () => {
    const made = (await console.call(browser(ann.cookie), "apiKeys.create", { name: "k" }, "mutation"))
      .value as { key: string };
    for (const wrong of [
      made.key.slice(0, -1),
      `${made.key}x`,
      made.key.toUpperCase(),
      `fh_${"A".repeat(43)}`,
      "fh_",
      made.key.slice(3),
      `${made.key} `.repeat(2),
    ]) {
      expect(await works(wrong), wrong).toBe(false);
    }
  });

  test("of another person's: it can be neither seen nor revoked", async () => {
    const made = (await console.call(browser(ann.cookie), "apiKeys.create", { name: "mine" }, "mutation"))
      .value as { id: string; key: string };
    const bob = await console.signUp("Bob");
    expect(
      (await console.call(browser(bob.cookie), "apiKeys.revoke", { apiKey: made.id }, "mutation")).error
        ?.code,
    ).toBe("not_found");
    expect((await console.call(browser(bob.cookie), "apiKeys.list", {})).text).not.toContain(made.id);
    expect(await works(made.key)).toBe(true);
  });
});
