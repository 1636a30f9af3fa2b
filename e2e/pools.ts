import { expect, type Page } from "@playwright/test";
import { paths } from "@/components/paths";
import { ask, call, unique } from "./fixtures";

export interface Pool {
  id: string;
  slug: string;
  clusterId: string;
}

/** The id of the Postgres that every installation has. */
async function builtInPostgres(page: Page, baseURL: string): Promise<string> {
  const { items } = await ask<{ items: { id: string; slug: string }[] }>(
    page.request,
    baseURL,
    "clusters.list",
    { driver: "postgres", search: "postgres" },
  );
  const found = items.find(({ slug }) => slug === "postgres");
  if (!found) throw new Error("There is no Postgres.");
  return found.id;
}

/** A pool on the installation's Postgres, shown once it is active. */
export async function createPool(page: Page, baseURL: string): Promise<Pool> {
  const slug = unique("pool");
  const cluster = await builtInPostgres(page, baseURL);
  const { pool } = await call<{ pool: Pool }>(page.request, baseURL, "pools.add", {
    name: slug,
    slug,
    cluster,
  });
  await page.goto(paths.fleetPool(pool.id));
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  return pool;
}

/** A package of one release and one file, as it is published. */
export const onePackage = (schema: string, sql: string) => ({
  files: [
    {
      path: "freehold.package.json",
      text: JSON.stringify({
        name: `com.example.${schema}`,
        version: "1.0.0",
        schema,
        owner: "school-service",
      }),
    },
    { path: "migrations/0001_first.sql", text: sql },
  ],
});

/** Orders the package and shows the pool once that has ended, well or not. */
export async function installInPool(page: Page, baseURL: string, pool: Pool, schema: string): Promise<void> {
  const name = `com.example.${schema}`;
  await call(page.request, baseURL, "pools.install", { pool: pool.id, package: name });
  await page.goto(paths.fleetPool(pool.id));
  await expect(
    page
      .getByRole("listitem", { name })
      .getByText(/^(Installed|Failed)$/)
      .first(),
  ).toBeVisible();
}
