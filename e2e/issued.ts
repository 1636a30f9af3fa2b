import { expect, type Locator, type Page } from "@playwright/test";

/** What a dialog showed once. */
export interface Shown {
  secret: string;
  /** By the client that it is for. */
  snippets: Record<string, string>;
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Reads everything that the dialog shows once, and closes it. */
export async function keep(dialog: Locator): Promise<Shown> {
  const page = dialog.page();
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  const secret = await clipboard(page);
  const snippets: Record<string, string> = {};
  for (const tab of await dialog.getByRole("tab").all()) {
    await tab.click();
    // The panel before is still there while the next one comes.
    const shown = dialog.getByRole("tabpanel", { name: await tab.innerText() }).getByRole("figure");
    const code = await shown.locator("pre").textContent();
    await shown.getByRole("button", { name: /^Copy / }).click();
    await expect.poll(() => clipboard(page)).toBe(code);
    snippets[await tab.innerText()] = code ?? "";
  }
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  await expect(dialog).toHaveCount(0);
  return { secret, snippets };
}

/** Issues a credential on the environment's Connect page. */
export async function issue(
  page: Page,
  name: string,
  scope: "readonly" | "readwrite" | "admin",
): Promise<Shown> {
  await page.getByRole("button", { name: "Issue credential" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("radio", { name: new RegExp(`^${scope}`) }).check();
  await dialog.getByRole("button", { name: "Issue credential" }).click();
  return keep(page.getByRole("dialog", { name: "Your new credential" }));
}

/** The address that psql is given, with its login in it. */
export function postgresUrlOf({ snippets, secret }: Shown): string {
  const [, password, address] = /^PGPASSWORD='(.+)' psql '(.+)' /m.exec(snippets["psql"] ?? "") ?? [];
  expect(password).toBe(secret);
  const url = new URL(address ?? "");
  url.password = encodeURIComponent(secret);
  return url.href;
}
