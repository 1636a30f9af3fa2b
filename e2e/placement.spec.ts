import type { Page } from "@playwright/test";
import { paths } from "@/components/paths";
import { call, choose, createEnvironment, expect, test, unique } from "./fixtures";

/** No other test creates environments of this type, so rules for it decide nothing elsewhere. */
const type = "Trial";

async function pick(page: Page, label: string, option: RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
  // Keys are the list's until it is gone.
  await expect(page.getByRole("listbox")).toHaveCount(0);
}

async function addRule(operator: Page, name: string, target: RegExp): Promise<void> {
  await operator.locator("main").getByRole("button", { name: "Add rule" }).click();
  const dialog = operator.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("combobox", { name: "Environment type" }).click();
  await operator.getByRole("option", { name: type }).click();
  await dialog.getByRole("combobox", { name: "Leads to" }).click();
  await operator.getByRole("option", { name: target }).click();
  await dialog.getByRole("button", { name: "Add rule" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(operator.getByRole("listitem", { name })).toBeVisible();
}

test("rules are asked in their order, say why, and decide where an environment lands", async ({
  operator,
  page,
  account,
  baseURL,
}) => {
  const toFiles = unique("Trials in files");
  const toPostgres = unique("Trials on Postgres");
  await operator.goto(paths.fleetPlacement());
  await addRule(operator, toFiles, /best SQLite cluster/);
  await addRule(operator, toPostgres, /best Postgres cluster/);

  await pick(operator, "Environment type", /^Trial/);
  await expect(operator).toHaveURL(/type=trial/);
  const tried = operator.getByRole("list", { name: "The way to a cluster" });
  await expect(operator.getByText("It lands on files")).toBeVisible();
  await expect(tried).toContainText(toFiles);

  // With the keyboard as with the mouse, and the focus stays on what was moved.
  const row = operator.getByRole("listitem", { name: toPostgres });
  const up = row.getByRole("button", { name: `Move ${toPostgres} up (Alt ↑)` });
  await up.focus();
  await operator.keyboard.press("Alt+ArrowUp");
  await expect(operator.getByText("It lands on postgres")).toBeVisible();
  await expect(up).toBeFocused();
  await operator.reload();
  await expect(operator.getByText("It lands on postgres")).toBeVisible();
  const order = await operator
    .getByRole("listitem")
    .filter({ hasText: /Trials/ })
    .allInnerTexts();
  expect(order.findIndex((text) => text.includes(toPostgres))).toBeLessThan(
    order.findIndex((text) => text.includes(toFiles)),
  );

  await createEnvironment(page, baseURL, account, { name: "Trial", envType: "trial" });
  await page.getByText("Why did it land here").click();
  const why = page.getByRole("list", { name: "How the home was found" });
  await expect(why).toContainText(`${toPostgres} taken: It leads to postgres.`);

  // What is placed stays where it is; the rule decides for those that come.
  await row.getByRole("switch").click();
  await expect(row).toContainText("switched off");
  await expect(operator.getByText("It lands on files")).toBeVisible();
  await page.reload();
  await page.getByText("Why did it land here").click();
  await expect(why).toContainText("It leads to postgres.");
  for (const name of [toFiles, toPostgres]) {
    await choose(operator.getByRole("listitem", { name }), "Remove");
    await operator
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Remove/ })
      .click();
    await expect(operator.getByRole("listitem", { name })).toHaveCount(0);
  }
});

test("an operator names the cluster, and the preview follows before anything is made", async ({
  operator,
  baseURL,
}) => {
  const { slug } = await call<{ organization: { slug: string } }>(
    operator.request,
    baseURL,
    "organizations.create",
    {
      name: unique("Named"),
    },
  ).then(({ organization }) => organization);
  await operator.goto(paths.newEnvironment(slug));
  await operator.getByLabel("Name", { exact: true }).fill("Named");
  await expect(operator.getByText("files in us-east", { exact: true })).toBeVisible();
  await pick(operator, "Cluster", /^postgres/);
  await expect(operator.getByText("postgres in us-east", { exact: true })).toBeVisible();
  await operator.getByRole("radio", { name: /^SQLite/ }).check();
  await expect(
    operator.getByRole("alert").filter({ hasText: "The cluster postgres cannot take it." }),
  ).toBeVisible();
  await expect(operator.getByRole("button", { name: "Create environment" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await operator
    .getByRole("group", { name: "Database" })
    .getByRole("radio", { name: /^As the rules/ })
    .check();
  await operator.getByRole("button", { name: "Create environment" }).click();
  await operator.waitForURL(`**/${slug}/environments/named`);
  await expect(operator.getByText("Active", { exact: true }).first()).toBeVisible();
  await operator.getByText("Why did it land here").click();
  await expect(operator.getByText("It was asked for by name.")).toBeVisible();
});

test("whoever is no operator is not asked for a cluster", async ({ page, account }) => {
  await page.goto(paths.newEnvironment(account.organization.slug));
  await expect(page.getByRole("combobox", { name: "Region" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Cluster" })).toHaveCount(0);
});
