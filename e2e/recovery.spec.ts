import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import type { Page } from "@playwright/test";
import { paths } from "@/components/paths";
import { call, choose, createEnvironment, expect, test, unique } from "./fixtures";

const directory = () => join(process.env.FREEHOLD_E2E_DIRECTORY ?? "", "data", "databases");
const nameOf = (id: string) => `env_${id.replaceAll("-", "")}`;
const fileOf = (id: string) => join(directory(), `${nameOf(id)}.db`);

test("what is deleted comes back with one click, and goes for good with its slug typed", async ({
  page,
  account,
  baseURL,
}) => {
  const { slug } = account.organization;
  const { id } = await createEnvironment(page, baseURL, account, { name: "Shop", envType: "staging" });
  const { secret, connection } = await call<{ secret: string; connection: { url: string } }>(
    page.request,
    baseURL,
    "credentials.issue",
    { environment: id, name: "Worker", scope: "admin", days: 1 },
  );
  const client = createClient({ url: connection.url, authToken: secret });
  await client.executeMultiple("create table orders (id integer primary key); insert into orders values (7)");
  const read = async () => (await client.execute("select id from orders")).rows.map((row) => row["id"]);

  await page.goto(paths.environmentSettings(slug, "shop"));
  await page.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("It can be recovered for 7 days");
  await dialog.getByRole("textbox").fill("shop");
  await dialog.getByRole("button", { name: "Delete shop" }).click();
  await page.waitForURL(`**${paths.environments(slug)}`);
  await expect.poll(() => read().catch(String)).toMatch(/deleted|TENANT_INACTIVE/);

  await page.goto(paths.environment(slug, "shop"));
  await expect(page.getByText("It is deleted and can be recovered until")).toBeVisible();
  await page.getByRole("button", { name: "Recover" }).click();
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  await expect.poll(() => read().catch(String)).toEqual([7]);

  await call(page.request, baseURL, "environments.delete", { environment: id, confirm: "shop" });
  await page.reload();
  await page.getByRole("button", { name: "Delete for good…" }).click();
  await dialog.getByRole("textbox").fill("shap");
  const confirm = dialog.getByRole("button", { name: "Delete shop for good" });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox").fill("shop");
  await confirm.click();
  await page.waitForURL(`**${paths.environments(slug)}`);
  await expect(page.getByRole("link", { name: "Shop" })).toHaveCount(0);
  expect(existsSync(fileOf(id))).toBe(false);
  await expect(read()).rejects.toThrow();
  client.close();
});

/** Puts a copy of a database where nobody expects it, as a restored backup would be. */
async function strayCopy(of: string): Promise<string> {
  const id = randomUUID();
  copyFileSync(fileOf(of), fileOf(id));
  const client = createClient({ url: `file:${fileOf(id)}` });
  await client.execute({ sql: "update sys_stamp set tenant_id = ?", args: [id] });
  client.close();
  return id;
}

async function check(operator: Page): Promise<void> {
  await operator.goto(paths.fleetFindings());
  await operator.getByRole("button", { name: "Check now" }).click();
  await expect(operator.getByText(/^Compared in/).first()).toBeVisible();
}

test("a stray database is reported, and adopted or destroyed; a stranger's file is only reported", async ({
  operator,
  page,
  account,
  baseURL,
}) => {
  const { slug } = account.organization;
  const [adopted, destroyed] = [
    await strayCopy(account.environment.id),
    await strayCopy(account.environment.id),
  ];
  const stranger = `${unique("notes")}.txt`;
  const path = join(directory(), stranger);
  writeFileSync(path, "not a database");
  utimesSync(path, new Date(0), new Date(0));
  const rowOf = (name: string) => operator.getByRole("row").filter({ hasText: name });

  await check(operator);
  await expect(rowOf(stranger)).toContainText("Leftover");
  await expect(rowOf(stranger)).toContainText("Freehold did not make this file.");
  await expect(rowOf(stranger).getByRole("button", { name: /^Actions/ })).toHaveCount(0);
  await expect(rowOf(nameOf(adopted))).toContainText("Orphan");

  await choose(rowOf(nameOf(adopted)), "Adopt");
  const form = operator.getByRole("dialog", { name: "Adopt a database" });
  await form.getByLabel("Organization").fill(slug);
  await form.getByRole("radio", { name: account.organization.name }).check();
  await form.getByLabel("Name").fill("Found");
  await form.getByRole("button", { name: "Adopt database" }).click();
  await expect(operator.getByText(`The database is ${slug}/found now`)).toBeVisible();
  await expect(rowOf(nameOf(adopted))).toHaveCount(0);
  await page.goto(paths.database(slug, "found"));
  await expect(page.getByText("It names this environment.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "sys_stamp" })).toBeVisible();
  await page.goto(paths.connect(slug, "found"));
  await expect(page.getByRole("row").filter({ hasText: "Services, readwrite" })).toContainText("Active");

  await choose(rowOf(nameOf(destroyed)), "Destroy");
  const question = operator.getByRole("alertdialog");
  await question.getByRole("textbox").fill(nameOf(destroyed));
  await question.getByRole("button", { name: "Destroy database" }).click();
  await expect(operator.getByText("The database is being destroyed")).toBeVisible();
  await expect.poll(() => existsSync(fileOf(destroyed))).toBe(false);
  rmSync(path);
  await check(operator);
  await expect(rowOf(nameOf(destroyed))).toHaveCount(0);
  await expect(rowOf(stranger)).toHaveCount(0);
  await call(page.request, baseURL, "environments.delete", { environment: adopted, confirm: "found" });
});
