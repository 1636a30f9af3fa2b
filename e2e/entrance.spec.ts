import { paths } from "@/components/paths";
import { createAccount, expect, password, test } from "./fixtures";

test("a wrong password is one sentence, and tells nothing about the account", async ({ page }) => {
  await page.goto(paths.signIn());
  await page.getByLabel("E-mail").fill("nobody@example.test");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "The e-mail address or the password is wrong." }),
  ).toBeVisible();
});

test("a click on the button counts, whatever the field says that loses focus to it", async ({ page }) => {
  await page.goto(paths.signUp());
  const name = page.getByLabel("Your name");
  await expect(name).toBeFocused();
  await page.getByRole("button", { name: "Create account" }).click();
  for (const sentence of ["Enter your name.", "Enter an e-mail address.", "Choose a password."])
    await expect(page.getByText(sentence)).toBeVisible();
  await expect(name).toBeFocused();
});

test("signing in leads back to where one wanted to go, and never to another site", async ({
  page,
  browser,
  baseURL,
}) => {
  const context = await browser.newContext();
  const account = await createAccount(await context.newPage(), baseURL);
  await context.close();
  const wanted = paths.members(account.organization.slug);
  for (const [next, arrives] of [
    [wanted, `**${wanted}`],
    ["//evil.test/", `**/${account.organization.slug}**`],
  ] as const) {
    await page.goto(paths.signIn(next));
    await page.getByLabel("E-mail").fill(account.email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(arrives);
    expect(new URL(page.url()).origin).toBe(baseURL);
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(`**${paths.signIn()}`);
  }
  await page.goto(wanted);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test.describe("before the page's script has loaded", () => {
  test.use({ javaScriptEnabled: false });

  test("a form that is sent puts no password into the address", async ({ page }) => {
    await page.goto(paths.signIn());
    await page.getByLabel("E-mail").fill("ann@example.test");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForLoadState();
    expect(page.url()).not.toContain("password");
  });
});
