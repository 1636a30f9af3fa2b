import pg from "pg";
import { paths } from "@/components/paths";
import { call, expect, expectAccessible, operatorState, test, unique } from "./fixtures";
import { issue, postgresUrlOf } from "./issued";
import { createPool, onePackage } from "./pools";

test.use({ storageState: operatorState, permissions: ["clipboard-read", "clipboard-write"] });

const student = "CREATE TABLE student (id int PRIMARY KEY, name text NOT NULL);";

test("a pool is made, gets a package, takes tenants, keeps them apart, and is drained", async ({
  page,
  baseURL,
}) => {
  const slug = unique("schools");
  const schema = slug.replaceAll("-", "");
  await page.goto(paths.newPool());
  await page.getByLabel("Name", { exact: true }).fill(slug);
  await expect(page.getByLabel("Slug")).toHaveValue(slug);
  await page.getByRole("combobox", { name: /^Postgres cluster/ }).click();
  await page
    .getByRole("option", { name: /^Postgres/ })
    .first()
    .click();
  await page.getByLabel(/^Capacity/).fill("3");
  await expect(page.getByText("3 tenants")).toBeVisible();
  await page.getByRole("button", { name: "Create pool" }).click();
  await page.waitForURL(/pools\/[0-9a-f-]{36}/);
  const address = page.url().split("?")[0] ?? "";
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("0 of 3")).toBeVisible();

  await call(page.request, baseURL, "packages.publish", onePackage(schema, student));
  await page.getByRole("button", { name: "Install package" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Package" }).click();
  await page.getByRole("option", { name: new RegExp(`com\\.example\\.${schema}`) }).click();
  await expect(dialog.getByText(/^It is for all tenants of/)).toBeVisible();
  await dialog.getByRole("button", { name: "Install 1.0.0" }).click();
  const installed = page.getByRole("listitem", { name: `com.example.${schema}` });
  await expect(installed).toContainText("Installed");
  await expect(installed).toContainText("has 1.0.0");
  await expectAccessible(page);

  const { organization } = await call<{ organization: { slug: string } }>(
    page.request,
    baseURL,
    "organizations.create",
    { name: unique("Neighbours") },
  );
  await page.goto(paths.newEnvironment(organization.slug));
  await page.getByLabel("Name", { exact: true }).fill("Ada");
  await page.getByRole("radio", { name: /^Shared/ }).check();
  await expect(page.getByText("Shared, Postgres")).toBeVisible();
  await page.getByRole("combobox", { name: "Pool" }).click();
  await page.getByRole("option", { name: new RegExp(slug) }).click();
  await expect(page.getByText(new RegExp(`^pool ${slug} on postgres in`))).toBeVisible();
  await page.getByRole("button", { name: "Create environment" }).click();
  await page.waitForURL(`**${paths.environment(organization.slug, "ada")}`);
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  const home = page.getByRole("list", { name: "Where it lives" });
  await expect(home.getByRole("listitem").filter({ hasText: "Pool" }).first()).toContainText(slug);

  await call(page.request, baseURL, "environments.create", {
    organization: organization.slug,
    name: "Bea",
    slug: "bea",
    envType: "test",
    pool: slug,
  });
  await page.goto(paths.environment(organization.slug, "bea"));
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  for (const who of ["ada", "bea"]) {
    await page.goto(paths.connect(organization.slug, who));
    const writer = new pg.Client({
      connectionString: postgresUrlOf(await issue(page, "Writer", "readwrite")),
    });
    await writer.connect();
    await writer.query(`insert into ${schema}.student (id, name) values (1, $1)`, [who]);
    await writer.end();
  }

  await page.goto(paths.connect(organization.slug, "ada"));
  await page.getByRole("button", { name: "Issue credential" }).first().click();
  await expect(page.getByRole("radio", { name: /^admin/ })).toBeDisabled();
  await expect(page.getByText("In a pool there is no admin")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const reader = new pg.Client({ connectionString: postgresUrlOf(await issue(page, "Reports", "readonly")) });
  await reader.connect();
  try {
    const read = () => reader.query(`select name from ${schema}.student`);
    expect((await read()).rows).toEqual([{ name: "ada" }]);
    await expect(reader.query(`delete from ${schema}.student`)).rejects.toThrow(/permission denied/);
  } finally {
    await reader.end();
  }

  await page.goto(address);
  await expect(page.getByText("2 of 3")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove…" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("button", { name: "Drain…" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: `Drain ${slug}` })
    .click();
  await expect(page.getByText("Draining", { exact: true })).toBeVisible();
  const late = await page.request.post(`${baseURL}/api/trpc/environments.create`, {
    headers: { origin: baseURL },
    data: {
      json: { organization: organization.slug, name: "Late", slug: "late", envType: "test", pool: slug },
    },
  });
  expect(await late.text()).toContain("It is draining.");
  await page.goto(paths.fleetPools({ search: slug }));
  await expect(page.getByRole("row").filter({ hasText: slug })).toContainText("Draining");
});

test("a package that cannot be shared fails with its reason, and an empty pool can be removed", async ({
  page,
  baseURL,
}) => {
  const pool = await createPool(page, baseURL);
  const schema = unique("broken").replaceAll("-", "");
  await call(
    page.request,
    baseURL,
    "packages.publish",
    onePackage(schema, "CREATE TABLE notes (body text);"),
  );
  await call(page.request, baseURL, "pools.install", { pool: pool.id, package: `com.example.${schema}` });
  await page.reload();
  const failed = page.getByRole("listitem", { name: `com.example.${schema}` });
  await expect(failed).toContainText("Failed");
  await expect(failed).toContainText(/notes.*primary key/);

  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Renamed");
  await dialog.getByLabel(/^Capacity/).fill("-1");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Give a whole number, or leave it empty.")).toBeVisible();
  await dialog.getByLabel(/^Capacity/).fill("0");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Renamed", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Drain…" }).click();
  const confirm = page.getByRole("alertdialog");
  await confirm.getByRole("button", { name: `Drain ${pool.slug}` }).click();
  await page.getByRole("button", { name: "Put back into use" }).click();
  await page.getByRole("button", { name: "Drain…" }).click();
  await confirm.getByRole("button", { name: `Drain ${pool.slug}` }).click();
  await page.getByRole("button", { name: "Remove…" }).click();
  await confirm.getByRole("textbox").fill(pool.slug);
  await confirm.getByRole("button", { name: `Remove ${pool.slug}` }).click();
  await page.waitForURL(`**${paths.fleetPools()}`);
  await page.goto(paths.fleetPool(pool.id));
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});
