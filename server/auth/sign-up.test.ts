import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { user } from "@/drizzle/control/schema/people";
import { invitationToken } from "@/server/domain/invitations/token";
import { newId } from "@/server/kernel/ids";
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

const badPeople: Record<string, object> = {
  "no name": { name: "" },
  "a name of blanks": { name: "   " },
  "a name with a line break": { name: "Ann\r\nBcc: all@example.test" },
  "a name that turns around": { name: "nn\u202eA" },
  "half a character as name": { name: "\ud800" },
  "a very long name": { name: "x".repeat(256) },
  "a list as name": { name: ["Ann"] },
  "no address": { email: "ann" },
  "a list as address": { email: ["a@example.test"] },
  "a very long address": { email: `${"x".repeat(250)}@example.test` },
  "a short password": { password: "123456789" },
  "a password of a megabyte": { password: "x".repeat(1_000_000) },
};

test.for(Object.entries(badPeople))("sign-up with %s is refused", async ([, change]) => {
  const body = { name: "Fine", email: `fine-${newId()}@example.test`, password, ...change };
  expect((await console.auth("POST", "/sign-up/email", { body })).status).toBe(400);
});

test("what a person cannot choose at sign-up is ignored or refused", async () => {
  const email = `chooser-${newId()}@example.test`;
  const extra = {
    role: "operator",
    emailVerified: true,
    banned: false,
    id: "chosen",
    activeEnvironmentId: "x",
    createdAt: "2000-01-01",
  };
  const response = await console.auth("POST", "/sign-up/email", {
    body: { name: "Chooser", email, password, ...extra },
  });
  const [row] = await console.db.select().from(user).where(eq(user.email, email));
  expect([200, 400, 403]).toContain(response.status);
  expect(row ?? { role: "user", emailVerified: false }).toMatchObject({ role: "user", emailVerified: false });
  expect(row?.id).not.toBe("chosen");
});

describe("when sign-up is for the invited", () => {
  let organization: string;
  const signUp = (email: string, invitation?: string) =>
    console.auth("POST", "/sign-up/email", {
      body: { name: "Guest", email, password },
      headers: invitation === undefined ? {} : { "x-freehold-invitation": invitation },
    });

  async function invite(email: string): Promise<string> {
    const answer = await console.call(
      browser(ann.cookie),
      "invitations.create",
      { organization, email, role: "member" },
      "mutation",
    );
    const { id } = answer.value as { id: string };
    return `${id}.${invitationToken(id, email)}`;
  }

  beforeAll(async () => {
    const made = await console.call(
      browser(ann.cookie),
      "organizations.create",
      { name: "Inviting" },
      "mutation",
    );
    organization = (made.value as { organization: { slug: string } }).organization.slug;
    await console.call(browser(ann.cookie), "settings.setSignUp", { policy: "invited" }, "mutation");
  });
  afterAll(() => console.call(browser(ann.cookie), "settings.setSignUp", { policy: "open" }, "mutation"));

  test("the invited person gets in, in any case of letters", async () => {
    const ticket = await invite("guest-one@example.test");
    expect((await signUp("Guest-One@example.test", ticket)).status).toBe(200);
  });

  test("nobody else does", async () => {
    const ticket = await invite("guest-two@example.test");
    const [id = "", token = ""] = ticket.split(".");
    for (const given of [
      undefined,
      "",
      ".",
      id,
      `${id}.`,
      `.${token}`,
      `${newId()}.${token}`,
      `${id}.${"A".repeat(43)}`,
      `${ticket}.x`.slice(0, -3),
    ]) {
      expect((await signUp("guest-two@example.test", given)).status, given).toBe(403);
    }
    expect((await signUp("mallory@example.test", ticket)).status).toBe(403);
    expect((await signUp("guest-two@example.test ", ticket)).status).not.toBe(200);
  });

  test("a person without an organization cannot make one", async () => {
    const ticket = await invite("guest-three@example.test");
    const cookie = cookieOf(await signUp("guest-three@example.test", ticket));
    expect(
      (await console.call(browser(cookie), "organizations.create", { name: "Mine" }, "mutation")).error?.code,
    ).toBe("forbidden");
  });
});
