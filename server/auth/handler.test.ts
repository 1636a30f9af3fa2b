import { afterAll, beforeAll, expect, test } from "vitest";
import { browser, openConsole, origin, type Console, type SignedUp } from "@/server/testing/console";
import { auth } from "./auth";
import { handleAuth } from "./handler";

let console: Console;
let ann: SignedUp;

beforeAll(async () => {
  console = await openConsole();
  ann = await console.signUp("Ann");
});
afterAll(() => console.end());

const open = new Set([
  "GET /get-session",
  "POST /sign-in/email",
  "POST /sign-up/email",
  "POST /sign-out",
  "POST /change-password",
  "POST /request-password-reset",
  "POST /reset-password",
  "GET /list-sessions",
  "POST /revoke-session",
  "POST /revoke-other-sessions",
]);

type Endpoint = { path?: string; options?: { method?: string | string[] } };

test("of better-auth's own endpoints only the listed ones are open", async () => {
  const endpoints = Object.values((await auth()).api as unknown as Record<string, Endpoint>).filter(
    ({ path }) => path,
  );
  expect(endpoints.length).toBeGreaterThan(60);
  for (const { path = "" } of endpoints) {
    for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"]) {
      const address = path.replaceAll(/:[a-z]+/gi, "some-token");
      const isResetLink = method === "GET" && address === "/reset-password/some-token";
      if (open.has(`${method} ${path}`) || isResetLink) continue;
      const response = await console.auth(method, address, {
        headers: browser(ann.cookie),
        ...(method === "GET" ? {} : { body: {} }),
      });
      expect(response.status, `${method} ${address}`).toBe(404);
    }
  }
}, 30_000);

const spellings = [
  "//organization/create",
  "/organization//create",
  "/%6frganization/create",
  "/organization%2fcreate",
  "/organization/create/",
  "/ORGANIZATION/CREATE",
  "/sign-in//email",
  "//sign-up/email",
  "/sign-up/email/",
  "/sign-up%2Femail",
  "/sign-up/email%00",
  "/sign-up/email;x",
  "/get-session/../organization/create",
  "/admin/set-role",
  "//admin/set-role",
  "/admin%2fset-role",
  "/update-user",
  "/delete-user",
  "/sign-up/./../admin/set-role",
  "/reset-password/a/b",
  "/reset-password/%2e%2e",
];

test.for(spellings)("the spelling %s opens nothing", async (path) => {
  for (const method of ["GET", "POST"]) {
    const response = await console.auth(method, path, {
      headers: browser(ann.cookie),
      ...(method === "GET" ? {} : { body: { name: "x", slug: "x" } }),
    });
    expect(response.status).toBe(404);
  }
});

test("a link for a new password that nobody asked for leads nowhere", async () => {
  for (const callback of [
    "",
    "?callbackURL=https://evil.test",
    "?callbackURL=//evil.test",
    `?callbackURL=${origin()}.evil.test/`,
  ]) {
    const response = await handleAuth(
      new Request(`${origin()}/api/auth/reset-password/some-token${callback}`),
    );
    expect(new URL(response.headers.get("location") ?? "/", origin()).origin, callback).toBe(origin());
  }
});
