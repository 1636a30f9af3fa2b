import { paths } from "@/components/paths";
import { call, createAccount, expect, test } from "./fixtures";

test("search, filters and sort are in the address, and back and reload keep them", async ({
  page,
  account,
  baseURL,
}) => {
  const { slug } = account.organization;
  for (const [name, envType] of [
    ["Alpha", "test"],
    ["Beta", "test"],
    ["Gamma", "staging"],
  ] as const) {
    await call(page.request, baseURL, "environments.create", {
      organization: slug,
      name,
      slug: name.toLowerCase(),
      envType,
    });
  }
  await page.goto(paths.environments(slug));
  await page.getByRole("searchbox").fill("a");
  await page.getByRole("search").getByRole("button", { name: "Type", exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Test" }).click();
  await expect(page).toHaveURL(/type=test/);
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.reload();
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("searchbox")).toHaveValue("a");
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.getByRole("row")).toHaveCount(5);
  await page.goBack();
  await expect(page.getByRole("row")).toHaveCount(3);
});

test("a slug that is taken is refused next to its field", async ({ page, account }) => {
  await page.goto(paths.newEnvironment(account.organization.slug));
  await page.getByLabel("Name", { exact: true }).fill("Prod");
  await page.getByRole("button", { name: "Create environment" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "already has an environment" }).first(),
  ).toBeVisible();
});

test("the switcher goes to the same page of the other environment and is remembered", async ({
  page,
  account,
  baseURL,
}) => {
  const { slug } = account.organization;
  await call(page.request, baseURL, "environments.create", {
    organization: slug,
    name: "Dev",
    slug: "dev",
    envType: "development",
  });
  await page.goto(paths.database(slug, "prod"));
  await page.getByRole("button", { name: /^Switch organization or environment/ }).click();
  await page.getByRole("combobox").fill("dev");
  await expect(page.getByRole("option")).toHaveText([/^Dev/]);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${paths.database(slug, "dev")}`);
  await page.goto("/");
  await page.waitForURL(`**${paths.environment(slug, "dev")}`);
});

test("an address of a page that does not exist leads to the first one", async ({ page, account }) => {
  await page.goto(`${paths.environments(account.organization.slug)}?cursor=nowhere`);
  await page.getByRole("button", { name: "Go to the first page" }).click();
  await expect(page.getByRole("link", { name: /^Production/ })).toBeVisible();
  expect(page.url()).not.toContain("cursor");
});

test("what cannot be sent says so, and is not done later", async ({ page, account }) => {
  await page.goto(paths.environmentSettings(account.organization.slug, "prod"));
  await page.getByRole("button", { name: "Suspend…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Suspend prod" })).toBeVisible();
  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: "Suspend prod" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Freehold cannot be reached.");
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
});

test("another organization's environment does not exist, and one stays where one is", async ({
  page,
  account,
  browser,
  baseURL,
}) => {
  const context = await browser.newContext();
  const stranger = await createAccount(await context.newPage(), baseURL, "Eve");
  await context.close();
  const response = await page.goto(paths.environment(stranger.organization.slug, "prod"));
  expect(response?.status()).toBe(404);
  await page.goto("/");
  await page.waitForURL(`**${paths.organization(account.organization.slug)}**`);
});

test("the command palette finds an environment by name", async ({ page, account }) => {
  await page.goto(paths.environments(account.organization.slug));
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox").fill("Production");
  await page
    .getByRole("option", { name: /Production/ })
    .first()
    .click();
  await page.waitForURL(`**${paths.environment(account.organization.slug, "prod")}`);
});

test("the command palette opens for whoever asks before the page's own code runs", async ({
  page,
  account,
}) => {
  const asked = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await asked.promise;
    await route.continue();
  });
  await page.goto(paths.environments(account.organization.slug), { waitUntil: "commit" });
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox")).toBeHidden();
  asked.resolve();
  await page.getByRole("combobox").fill("Production");
  await expect(page.getByRole("option", { name: /Production/ }).first()).toBeVisible();
});

test("a fence is refused at its field while data is outside of it, and then decides where things land", async ({
  page,
  account,
}) => {
  const { slug } = account.organization;
  await page.goto(paths.organizationSettings(slug));
  const fence = page.getByLabel("Its data stays in");
  await fence.click();
  await page.getByRole("option", { name: /eu-west/ }).click();
  await page.getByRole("button", { name: "Draw fence" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The data of prod is in" })).toBeVisible();
  await fence.click();
  await page.getByRole("option", { name: /us-east/ }).click();
  await page.getByRole("button", { name: "Draw fence" }).click();
  await expect(page.getByText("Saved")).toBeVisible();

  await page.goto(paths.newEnvironment(slug));
  await page.getByLabel("Name", { exact: true }).fill("Away");
  await page.getByLabel("Region").click();
  await page.getByRole("option", { name: /eu-west/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Its data must stay in us-east" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create environment" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});
