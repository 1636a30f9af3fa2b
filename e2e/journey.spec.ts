import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@libsql/client";
import type { Browser, Page } from "@playwright/test";
import { paths } from "@/components/paths";
import { expect, password, test, unique } from "./fixtures";

const run = promisify(execFile);

test.describe.configure({ mode: "serial" });

async function createEnvironment(
  page: Page,
  organization: string,
  name: string,
  type: RegExp,
): Promise<void> {
  await page.goto(paths.newEnvironment(organization));
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("radio", { name: type }).check();
  await page.getByRole("button", { name: "Create environment" }).click();
  await page.waitForURL(`**/environments/${name.toLowerCase()}`);
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
}

test("from sign-up to a database of one's own, and back", async ({ page, browser, baseURL }) => {
  const organization = unique("acme");
  await page.goto(paths.signUp());
  await page.getByLabel("Your name").fill("Ann");
  await page.getByLabel("E-mail").fill(`${organization}@example.test`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Organization").fill(organization);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(`**/${organization}/environments/prod`);
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();

  await createEnvironment(page, organization, "Staging", /^Staging/);
  await createEnvironment(page, organization, "Dev", /^Development/);

  // Two tabs on two environments: each shows and changes its own.
  const other = await page.context().newPage();
  await page.goto(paths.environmentSettings(organization, "staging"));
  await other.goto(paths.environmentSettings(organization, "dev"));
  await page.getByLabel("Description (optional)").fill("For the last look");
  await page.getByRole("button", { name: "Save" }).click();
  await other.getByLabel("Description (optional)").fill("For building");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");
  await page.reload();
  await other.reload();
  await expect(page.getByLabel("Description (optional)")).toHaveValue("For the last look");
  await expect(other.getByLabel("Description (optional)")).toHaveValue("For building");
  await other.close();

  await inviteAndAccept(page, browser, organization);
  await liveAndEnd(page, organization);
  await sameFromTheCommandLine(page, organization, baseURL);
});

async function inviteAndAccept(page: Page, browser: Browser, organization: string): Promise<void> {
  const email = `${unique("bob")}@example.test`;
  await page.goto(paths.members(organization));
  await page.getByRole("button", { name: "Invite member" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await dialog
    .getByText(/\/accept-invitation\//)
    .first()
    .innerText();
  const colleague = await browser.newContext();
  const theirs = await colleague.newPage();
  await theirs.goto(link.trim());
  await theirs.getByLabel("Your name").fill("Bob");
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: /^Join / }).click();
  await theirs.waitForURL(`**/${organization}`);
  await expect(theirs.getByRole("heading", { name: organization, level: 1 })).toBeVisible();
  // A member of the organization sees no environment until one includes them.
  await theirs.goto(paths.environment(organization, "prod"));
  await expect(theirs.getByText("404").or(theirs.getByText(/There is nothing/))).toBeVisible();
  await colleague.close();
}

async function liveAndEnd(page: Page, organization: string): Promise<void> {
  await page.goto(paths.environmentSettings(organization, "staging"));
  await page.getByRole("button", { name: "Suspend…" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Suspend/ })
    .click();
  await expect(page.getByText("Suspended", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await dialog.getByRole("textbox").fill("staging");
  await dialog.getByRole("button", { name: /^Delete/ }).click();
  await page.waitForURL(`**/${organization}/environments`);
  await expect(page.getByRole("row").filter({ hasText: "Staging" })).toContainText("days left");
  await page.goto(paths.environmentSettings(organization, "staging"));
  await page.getByRole("button", { name: "Delete for good…" }).click();
  await dialog.getByRole("textbox").fill("staging");
  await dialog.getByRole("button", { name: /^Delete/ }).click();
  await page.waitForURL(`**/${organization}/environments`);
  await expect(page.getByRole("link", { name: /^Staging/ })).toHaveCount(0);
  await page.goto(paths.audit(organization));
  for (const action of [
    "environment.remove",
    "environment.purge",
    "environment.delete",
    "environment.resume",
    "environment.suspend",
    "invitation.accept",
  ]) {
    await expect(page.getByText(action).first()).toBeVisible();
  }
}

async function sameFromTheCommandLine(page: Page, organization: string, baseURL: string): Promise<void> {
  await page.goto(paths.apiKeys());
  await page
    .getByRole("button", { name: /Create .*key/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("laptop");
  await dialog.getByRole("button", { name: /^Create/ }).click();
  const shown = dialog.getByText(/fh_[\w-]{40,}/).first();
  const key = /fh_[\w-]{40,}/.exec(await shown.innerText())?.[0] ?? "";
  const home = mkdtempSync(join(tmpdir(), "freehold-home-"));
  try {
    const env = { ...process.env, XDG_CONFIG_HOME: home, FREEHOLD_URL: baseURL, FREEHOLD_API_KEY: key };
    const { stdout } = await run("bin/freehold", ["env", "list", "--organization", organization, "--json"], {
      env,
    });
    const listed = JSON.parse(stdout) as { slug: string; status: string; id: string }[];
    expect(listed.map(({ slug, status }) => ({ slug, status }))).toEqual([
      { slug: "dev", status: "active" },
      { slug: "prod", status: "active" },
    ]);
    await findSystemTables(listed.map(({ id }) => id));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Anyone's client for the format opens the files and finds what every tenant database carries. */
async function findSystemTables(environments: string[]): Promise<void> {
  const directory = join(process.env.FREEHOLD_E2E_DIRECTORY ?? "", "data", "databases");
  const files = readdirSync(directory);
  for (const id of environments) {
    const name = `env_${id.replaceAll("-", "")}.db`;
    expect(files).toContain(name);
    const client = createClient({ url: `file:${join(directory, name)}` });
    const { rows } = await client.execute(
      "select name from sqlite_schema where type = 'table' order by name",
    );
    client.close();
    expect(rows.map((row) => row["name"])).toEqual(
      expect.arrayContaining(["sys_migration", "sys_package_installation", "sys_stamp"]),
    );
  }
}
