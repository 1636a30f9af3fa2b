import type { APIRequestContext, Browser } from "@playwright/test";
import { paths } from "@/components/paths";
import { call, expect, expectAccessible, operatorState, test, unique } from "./fixtures";

const orders = (schema: string, version: string) => ({
  files: [
    {
      path: "freehold.package.json",
      text: JSON.stringify({ name: `com.example.${schema}`, version, schema, owner: "order-service" }),
    },
    {
      path: "migrations/0001_orders.sql",
      text: `CREATE TABLE ${schema} (id text NOT NULL PRIMARY KEY, note text);`,
    },
    ...(version === "1.0.0"
      ? []
      : [
          {
            path: "migrations/0002_note.sql",
            text: `CREATE UNIQUE INDEX ${schema}_note ON ${schema} (note);`,
          },
        ]),
  ],
});

/** As the operator, in a context of their own. */
async function asOperator<T>(browser: Browser, use: (request: APIRequestContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ storageState: operatorState });
  try {
    return await use(context.request);
  } finally {
    await context.close();
  }
}

test("a maker sees what will run, installs it, and upgrades it", async ({
  page,
  account,
  browser,
  baseURL,
}) => {
  const schema = unique("orders").replaceAll("-", "");
  const publish = (version: string) =>
    asOperator(browser, (request) => call(request, baseURL, "packages.publish", orders(schema, version)));
  await publish("1.0.0");
  await page.goto(paths.environmentPackages(account.organization.slug, "prod"));
  await expect(page.getByText("No package yet.")).toBeVisible();
  await page.getByRole("button", { name: "Install package" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Package" }).click();
  await page.getByRole("option", { name: new RegExp(`com\\.example\\.${schema}`) }).click();
  await expect(dialog.getByText(`CREATE TABLE ${schema}`)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Install 1.0.0" }).click();
  const row = page.getByRole("row", { name: new RegExp(schema) });
  await expect(row).toContainText("Installed");

  await publish("1.1.0");
  await page.reload();
  await expect(row).toContainText("1.1.0 is out");
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Upgrade" }).click();
  await expect(dialog.getByText("CREATE UNIQUE INDEX")).toBeVisible();
  await expect(dialog.getByText(`CREATE TABLE ${schema}`)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Install 1.1.0" }).click();
  await expect(row).toContainText("Installed");
  await expect(row).not.toContainText("is out");
});

test.describe("as operator", () => {
  test.use({ storageState: operatorState });

  test("a package shows its tables and statements, and a version is deprecated with a reason", async ({
    page,
    baseURL,
  }) => {
    const schema = unique("stock").replaceAll("-", "");
    await call(page.request, baseURL, "packages.publish", orders(schema, "1.0.0"));
    await call(page.request, baseURL, "packages.publish", { ...orders(schema, "1.1.0"), draft: true });
    await page.goto(paths.fleetPackages());
    await page.getByRole("searchbox").fill(schema);
    await expect(page).toHaveURL(/search=/);
    await page.getByRole("link", { name: `com.example.${schema}` }).click();
    await expect(page.getByRole("heading", { name: `com.example.${schema}`, level: 1 })).toBeVisible();
    await expect(page.getByText("CREATE UNIQUE INDEX")).toBeVisible();
    await expectAccessible(page);

    await page.getByRole("button", { name: "Actions for 1.1.0" }).click();
    await page.getByRole("menuitem", { name: "Publish" }).click();
    await page.getByRole("button", { name: "Publish 1.1.0" }).click();
    await expect(page.getByRole("row", { name: /1\.1\.0/ })).toContainText("Published");

    await page.getByRole("button", { name: "Actions for 1.0.0" }).click();
    await page.getByRole("menuitem", { name: "Deprecate" }).click();
    await page.getByLabel("Reason").fill("It loses rows.");
    await page.getByRole("button", { name: "Deprecate 1.0.0" }).click();
    await expect(page.getByRole("row", { name: /1\.0\.0/ })).toContainText("Deprecated");
  });
});
