import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  expect,
  test as base,
  type APIRequestContext,
  type Browser,
  type Locator,
  type Page,
} from "@playwright/test";
import type { run } from "axe-core";
import { paths } from "@/components/paths";

export const password = "correct horse battery";
export const operatorState = "test-results/.operator.json";

/** A person with an organization of their own, signed in in `page`. */
export interface Account {
  name: string;
  email: string;
  organization: { id: string; slug: string; name: string };
  environment: { id: string; slug: string };
}

let counter = 0;

/** Different in every test, worker and run. */
export function unique(prefix: string): string {
  counter += 1;
  return `${prefix}-${process.pid.toString(36)}${Date.now().toString(36)}${counter}`;
}

interface Envelope<T> {
  result: { data: { json: T } };
}

/** Calls a procedure as the signed-in person of this request context. */
export async function call<T>(
  request: APIRequestContext,
  baseURL: string,
  procedure: string,
  input: unknown,
): Promise<T> {
  const response = await request.post(`${baseURL}/api/trpc/${procedure}`, {
    headers: { origin: baseURL },
    data: { json: input },
  });
  expect(response.status(), await response.text()).toBe(200);
  return ((await response.json()) as Envelope<T>).result.data.json;
}

/** Asks a procedure that changes nothing. */
export async function ask<T>(
  request: APIRequestContext,
  baseURL: string,
  procedure: string,
  input: unknown,
): Promise<T> {
  const asked = encodeURIComponent(JSON.stringify({ json: input }));
  const response = await request.get(`${baseURL}/api/trpc/${procedure}?input=${asked}`);
  expect(response.status(), await response.text()).toBe(200);
  return ((await response.json()) as Envelope<T>).result.data.json;
}

async function signUp(
  request: APIRequestContext,
  baseURL: string,
  name: string,
): Promise<{ name: string; email: string }> {
  const email = `${unique(name.toLowerCase())}@example.test`;
  const response = await request.post(`${baseURL}/api/auth/sign-up/email`, {
    headers: { origin: baseURL },
    data: { name, email, password },
  });
  expect(response.status(), await response.text()).toBe(200);
  return { name, email };
}

/** Signs up in this page's browser context and makes an organization. */
export async function createAccount(page: Page, baseURL: string, name = "Ann"): Promise<Account> {
  const { request } = page.context();
  const person = await signUp(request, baseURL, name);
  const created = await call<Pick<Account, "organization" | "environment">>(
    request,
    baseURL,
    "organizations.create",
    { name: unique("Org") },
  );
  return { ...person, organization: created.organization, environment: created.environment };
}

/** Creates an environment in the account's organization and shows it once it is active. Gives its id. */
export async function createEnvironment(
  page: Page,
  baseURL: string,
  account: Account,
  given: { name: string; envType: string; driver?: string; cluster?: string },
): Promise<{ id: string; slug: string }> {
  const slug = given.name.toLowerCase();
  const organization = account.organization.slug;
  const input = { organization, slug, ...given };
  const { environment } = await call<Pick<Account, "environment">>(
    page.request,
    baseURL,
    "environments.create",
    input,
  );
  await page.goto(paths.environment(organization, slug));
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  return environment;
}

/** Someone else, signed in in a browser context of their own, as a member of the account's organization. */
export async function inviteColleague(
  page: Page,
  browser: Browser,
  baseURL: string,
  account: Account,
): Promise<{ page: Page; id: string }> {
  const theirs = await (await browser.newContext()).newPage();
  const { email } = await signUp(theirs.request, baseURL, "Bob");
  const organization = account.organization.slug;
  const invitation = { organization, email, role: "member" };
  const { link } = await call<{ link: string }>(page.request, baseURL, "invitations.create", invitation);
  const { pathname, searchParams } = new URL(link);
  const ticket = { invitation: pathname.split("/").at(-1), token: searchParams.get("token") };
  await call(theirs.request, baseURL, "invitations.accept", ticket);
  return { page: theirs, id: (await ask<{ id: string }>(theirs.request, baseURL, "navigation.me", {})).id };
}

/** Chooses an action from the menu of a row. */
export async function choose(row: Locator, action: string): Promise<void> {
  await row.getByRole("button", { name: /^Actions for / }).click();
  await row.page().getByRole("menuitem", { name: action, exact: true }).click();
}

interface Fixtures {
  baseURL: string;
  account: Account;
  /** A page on which the operator of the installation is signed in. */
  operator: Page;
}

export const test = base.extend<Fixtures>({
  account: async ({ page, baseURL }, use) => {
    const account = await createAccount(page, baseURL);
    await page.goto(paths.environment(account.organization.slug, account.environment.slug));
    await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
    await use(account);
  },
  operator: async ({ browser }, use) => {
    const context = await browser.newContext({ storageState: operatorState });
    await use(await context.newPage());
    await context.close();
  },
});

const axeSource = readFileSync(join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");
declare const axe: { run: typeof run };

/** Nothing that axe finds in the theme that is shown: in the open dialog where there is one, else in the page. */
export async function expectAccessible(page: Page): Promise<void> {
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.evaluate(axeSource);
  const problems = await page.evaluate(async () => {
    // A colour that is on its way to another one is none of the theme's. What turns for ever is let turn.
    const moving = () =>
      document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    for (let some = moving(); some.length > 0; some = moving())
      await Promise.allSettled(some.map(({ finished }) => finished));
    const dialog = "[role=dialog], [role=alertdialog]";
    const within = document.querySelector(dialog) ? { include: [[dialog]] } : {};
    const exclude = [["[data-base-ui-focus-guard]"]];
    // No list of all that is well, and no selectors, which nobody reads.
    const { violations } = await axe.run(
      { exclude, ...within },
      { resultTypes: ["violations"], selectors: false },
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(problems).toEqual([]);
}

export { expect } from "@playwright/test";
