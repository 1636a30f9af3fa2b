import pg from "pg";
import type { Page } from "@playwright/test";
import type { Route } from "next";
import { paths } from "@/components/paths";
import { ask, call, expect, expectAccessible, operatorState, test, unique } from "./fixtures";
import { issue, postgresUrlOf } from "./issued";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres";
import { installInPool, onePackage, type Pool } from "./pools";

test.use({ storageState: operatorState, permissions: ["clipboard-read", "clipboard-write"] });

const port = 4324;
const admin = { user: "freehold_admin", password: "another long password" };
const looks = [
  { colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

let server: OwnPostgres;
test.beforeAll(async () => {
  server = await startOwnPostgres(port);
  await asSuperuser(`CREATE ROLE ${admin.user} SUPERUSER LOGIN PASSWORD '${admin.password}'`);
  // It gets in without being a superuser too, so that what was begun can be taken back.
  await asSuperuser(`GRANT CONNECT ON DATABASE postgres TO ${admin.user}`);
});
test.afterAll(() => server.stop());

async function asSuperuser(sql: string, database = "postgres"): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.addressOf({ ...server.superuser, database }) });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The server of one's own as a cluster that takes databases. */
async function addCluster(page: Page, baseURL: string): Promise<string> {
  const slug = unique("own");
  const { cluster } = await call<{ cluster: { id: string } }>(page.request, baseURL, "clusters.add", {
    name: slug,
    slug,
    driver: "postgres",
    // No database of another test lands there.
    region: "ap-southeast",
    adminUrl: server.addressOf(admin),
    allowPrivateNetwork: true,
  });
  await page.goto(paths.fleetCluster(cluster.id));
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  return cluster.id;
}

/** In both themes, wide and as narrow as a phone: nothing that axe finds, and nothing to scroll sideways. */
async function expectInOrder(page: Page): Promise<void> {
  for (const { colorScheme, viewport } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
    await expectAccessible(page);
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
  }
  const [wide] = looks;
  await page.emulateMedia({ colorScheme: wide.colorScheme });
  await page.setViewportSize(wide.viewport);
}

test("a pool that could not be made says why, Retry makes it, and a tenant in it that is over its limit is told so", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const cluster = await addCluster(page, baseURL);
  await asSuperuser(`ALTER ROLE ${admin.user} NOSUPERUSER`);
  const slug = unique("refused");
  const { pool } = await call<{ pool: Pool }>(page.request, baseURL, "pools.add", {
    name: slug,
    slug,
    cluster,
  });
  await page.goto(paths.fleetPool(pool.id));
  const failed = page.locator("main section").filter({ hasText: "It could not be made" });
  await expect(failed).toBeVisible({ timeout: 60_000 });
  const why = "Freehold needs a superuser of the Postgres server to log in as.";
  await expect(failed.getByText(why).first()).toBeVisible();
  await expectInOrder(page);

  // It is still as it was, so it fails again, and says so again.
  await failed.getByRole("button", { name: "Retry", exact: true }).click();
  await expect(failed.getByText(/^Ended after/)).toBeVisible({ timeout: 60_000 });
  await expect(failed.getByText(why).first()).toBeVisible();
  await expectInOrder(page);

  await asSuperuser(`ALTER ROLE ${admin.user} SUPERUSER`);
  await failed.getByRole("button", { name: "Retry", exact: true }).click();
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(failed).toHaveCount(0);
  const tenant = await tenantOverItsLimit(page, baseURL, pool);
  await removeAll(page, baseURL, { tenant, pool, cluster });
});

/** The server ends with this file, and the installation goes on: nothing may be left that needs it. */
async function removeAll(
  page: Page,
  baseURL: string,
  { tenant, pool, cluster }: { tenant: string; pool: Pool; cluster: string },
): Promise<void> {
  const order = (procedure: string, input: unknown) => call(page.request, baseURL, procedure, input);
  const expectGone = async (path: Route, procedure: string, input: unknown) => {
    const asked = encodeURIComponent(JSON.stringify({ json: input }));
    const answer = async () =>
      (await page.request.get(`${baseURL}/api/trpc/${procedure}?input=${asked}`)).status();
    await expect.poll(answer, { timeout: 60_000 }).toBe(404);
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  };
  const confirmed = { environment: tenant, confirm: "full" };
  for (const verb of ["delete", "purge"]) await order(`environments.${verb}`, confirmed);
  await order("pools.drain", { pool: pool.id });
  const tenants = async () =>
    (await ask<{ tenantCount: number }>(page.request, baseURL, "pools.get", { pool: pool.id })).tenantCount;
  await expect.poll(tenants, { timeout: 60_000 }).toBe(0);
  await page.goto(paths.fleetPool(pool.id));
  await expect(page.getByText("No environment lives in it yet.")).toBeVisible();
  await order("pools.remove", { pool: pool.id });
  await expectGone(paths.fleetPool(pool.id), "pools.get", { pool: pool.id });
  await order("clusters.drain", { cluster });
  await order("clusters.remove", { cluster });
  await expectGone(paths.fleetCluster(cluster), "clusters.get", { cluster });
}

/** Sets the row limit by the dialog, which first says what is no limit; empty: none. */
async function limitRows(page: Page, rows: string): Promise<void> {
  await page.getByRole("button", { name: "Set limits", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Limits of/ });
  const field = dialog.getByRole("textbox", { name: /^Rows/ });
  await field.fill("0");
  await dialog.getByRole("button", { name: "Set limits" }).click();
  await expect(dialog.getByText("The row limit is at least 1.")).toBeVisible();
  await expectInOrder(page);
  await field.fill(rows);
  await dialog.getByRole("button", { name: "Set limits" }).click();
  await expect(dialog).toHaveCount(0);
}

/** A tenant of the pool that has more rows than it may; gives its id. */
async function tenantOverItsLimit(page: Page, baseURL: string, pool: Pool): Promise<string> {
  const schema = unique("full").replaceAll("-", "");
  const table = "CREATE TABLE note (id int PRIMARY KEY);";
  await call(page.request, baseURL, "packages.publish", onePackage(schema, table));
  await installInPool(page, baseURL, pool, schema);
  const { organization } = await call<{ organization: { slug: string } }>(
    page.request,
    baseURL,
    "organizations.create",
    { name: unique("Full") },
  );
  const { environment } = await call<{ environment: { id: string } }>(
    page.request,
    baseURL,
    "environments.create",
    { organization: organization.slug, name: "Full", slug: "full", envType: "test", pool: pool.slug },
  );
  const home = paths.environment(organization.slug, "full");
  await page.goto(home);
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  await page.goto(paths.connect(organization.slug, "full"));
  const writer = new pg.Client({ connectionString: postgresUrlOf(await issue(page, "Writer", "readwrite")) });
  await writer.connect();
  try {
    const note = (id: number) => writer.query(`insert into ${schema}.note (id) values ($1)`, [id]);
    for (const id of [1, 2]) await note(id);
    await page.goto(home);
    await limitRows(page, "1");
    await expect(page.getByText("of 1 row").first()).toBeVisible();
    const notice = page.getByRole("region", { name: /^Over its limit/ });
    const isOver = async () => {
      const asked = { environment: environment.id };
      const { placement } = await ask<{ placement: { isOverLimit: boolean } }>(
        page.request,
        baseURL,
        "environments.get",
        asked,
      );
      return placement.isOverLimit;
    };
    // Pools are measured in turn, one each quarter of a minute. By the name of this file few are there yet.
    await expect.poll(isOver, { timeout: 240_000, intervals: [1_000] }).toBe(true);
    await page.goto(home);
    await expect(notice).toContainText("It has 2 of 1 row. Writes work again when enough of it is deleted");
    await expect(page.getByRole("meter", { name: "Rows" })).toHaveAttribute("aria-valuetext", "2 of 1");
    await expectInOrder(page);
    await expect(note(3)).rejects.toMatchObject({ code: "53400" });
    await page.goto(paths.database(organization.slug, "full"));
    await expect(page.getByText("Over its limit: reads go on, writes are refused.")).toBeVisible();
    await expectInOrder(page);
    await page.goto(paths.connect(organization.slug, "full"));
    await expect(page.getByText("10.0 GB, 1 row")).toBeVisible();
    // The next measurement would find it within its limit again, so this comes last.
    expect((await writer.query(`delete from ${schema}.note where id = 1`)).rowCount).toBe(1);
    // Without a limit it writes at once, before anything is measured again.
    await page.goto(home);
    await limitRows(page, "");
    await expect(notice).toHaveCount(0);
    await note(3);
    return environment.id;
  } finally {
    await writer.end();
  }
}
