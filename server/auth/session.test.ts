import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { session, user } from "@/drizzle/control/schema/people";
import { forgetIdentity } from "@/server/kernel/identity-cache";
import {
  browser,
  cookieOf,
  openConsole,
  password,
  type Console,
  type SignedUp,
} from "@/server/testing/console";

let console: Console;
let ann: SignedUp;

beforeAll(async () => {
  console = await openConsole();
  ann = await console.signUp("Ann");
});
afterAll(() => console.end());

async function works(cookie: string): Promise<boolean> {
  return (await console.call(browser(cookie), "navigation.me", {})).error === undefined;
}

async function signIn(person: SignedUp, secret = password): Promise<Response> {
  return console.auth("POST", "/sign-in/email", { body: { email: person.email, password: secret } });
}

describe("a session ends at once", () => {
  test("when its person signs out", async () => {
    const cookie = cookieOf(await signIn(ann));
    expect(await works(cookie)).toBe(true);
    await console.auth("POST", "/sign-out", { headers: browser(cookie), body: {} });
    expect(await works(cookie)).toBe(false);
    expect(await works(ann.cookie)).toBe(true);
  });

  test("when the others are ended, and the one that ended them stays", async () => {
    const [one, other] = [cookieOf(await signIn(ann)), cookieOf(await signIn(ann))];
    expect(await works(other)).toBe(true);
    await console.auth("POST", "/revoke-other-sessions", { headers: browser(one), body: {} });
    expect([await works(one), await works(other), await works(ann.cookie)]).toEqual([true, false, false]);
    ann = { ...ann, cookie: one };
  });

  test("when the password changes, without being asked for; the new one of the same browser lives", async () => {
    const thief = cookieOf(await signIn(ann));
    expect(await works(thief)).toBe(true);
    const body = { currentPassword: password, newPassword: `${password}!` };
    const response = await console.auth("POST", "/change-password", { headers: browser(ann.cookie), body });
    expect(response.status).toBe(200);
    expect([await works(thief), await works(ann.cookie), await works(cookieOf(response))]).toEqual([
      false,
      false,
      true,
    ]);
    expect((await signIn(ann)).status).toBe(401);
    const again = await console.auth("POST", "/change-password", {
      headers: browser(cookieOf(response)),
      body: { currentPassword: `${password}!`, newPassword: password },
    });
    ann = { ...ann, cookie: cookieOf(again) };
  });

  test("when its person is gone, banned, or it has expired", async () => {
    const ends: ((person: SignedUp) => Promise<unknown>)[] = [
      (person) => console.db.delete(user).where(eq(user.id, person.id)),
      (person) => console.db.update(user).set({ banned: true }).where(eq(user.id, person.id)),
      (person) =>
        console.db
          .update(session)
          .set({ expiresAt: new Date(Date.now() - 1) })
          .where(eq(session.userId, person.id)),
      (person) => console.db.delete(session).where(eq(session.userId, person.id)),
    ];
    for (const end of ends) {
      const person = await console.signUp("Brief");
      expect(await works(person.cookie)).toBe(true);
      await end(person);
      // Another process forgets within two seconds; this one is told.
      forgetIdentity(person.id);
      expect(await works(person.cookie)).toBe(false);
    }
  });

  test("and a cookie that was tampered with is nobody's", async () => {
    const [name, value = ""] = ann.cookie.split(";")[0]?.split("=") ?? [];
    for (const forged of [
      value.slice(0, -8),
      value.replace(/\..*/, ""),
      value.replace(/\..*/, ".AAAA"),
      `x${value}`,
      "",
      "null",
      value.repeat(50),
    ]) {
      expect(await works(`${name}=${forged}`), forged.slice(0, 40)).toBe(false);
    }
    expect(await works(ann.cookie)).toBe(true);
  });
});

test("the cookie is for the server alone and stays on this site", async () => {
  const line =
    (await signIn(ann)).headers.getSetCookie().find((cookie) => cookie.includes("session_token")) ?? "";
  expect(line).toMatch(/HttpOnly/i);
  expect(line).toMatch(/SameSite=Lax/i);
  expect(line).toMatch(/Path=\//i);
  expect(line).not.toMatch(/Domain=/i);
});

test("twenty wrong passwords close the door for an address, and a right one before opens it anew", async () => {
  const person = await console.signUp("Forgetful");
  const wrong = () => signIn(person, "not the password at all");
  for (let n = 0; n < 15; n++) expect((await wrong()).status).toBe(401);
  expect((await signIn(person)).status).toBe(200);
  for (let n = 0; n < 20; n++) expect((await wrong()).status).toBe(401);
  expect((await wrong()).status).toBe(429);
  expect((await signIn(person)).status).toBe(429);
  const shouted = { ...person, email: ` ${person.email.toUpperCase()}` };
  expect([400, 401, 429]).toContain((await signIn(shouted)).status);
  expect((await signIn(ann)).status).toBe(200);
}, 30_000);
