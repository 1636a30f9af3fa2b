import type { Page } from "@playwright/test";
import { paths } from "@/components/paths";
import { expect, operatorState, test } from "./fixtures";

const phone = { width: 390, height: 844 };

/** What the browser tells screen readers of a kind of element, in the order of the page. */
async function toldAs(page: Page, role: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const told = nodes.filter((node) => !node.ignored && node.role?.value === role);
  return told.map(({ name }) => String(name?.value ?? ""));
}

test.describe("on a phone", () => {
  test.use({ viewport: phone });

  test("a row shows its facts below its name, and is a row of a table still", async ({ page, account }) => {
    await page.goto(paths.connect(account.organization.slug, "prod"));
    const row = page.getByRole("row").filter({ hasText: "Services, readwrite" });
    const menu = row.getByRole("button", { name: /^Actions for / });
    for (const shown of [row.getByText("Active"), row.getByText("readwrite", { exact: true }), menu])
      await expect(shown).toBeInViewport({ ratio: 1 });
    const boxOf = async (text: string) => await row.getByText(text, { exact: true }).boundingBox();
    const [name, status, scope] = [
      await boxOf("Services, readwrite"),
      await boxOf("Active"),
      await boxOf("readwrite"),
    ];
    expect(scope?.y).toBeGreaterThan((name?.y ?? 0) + (name?.height ?? 0));
    expect(status?.y).toBeLessThan(scope?.y ?? 0);
    const heads = ["Name", "Scope", "For", "Status", "Ends", "Last used", "Actions"];
    expect(await toldAs(page, "columnheader")).toEqual(heads);
    expect(await toldAs(page, "cell")).toHaveLength(heads.length * ((await toldAs(page, "row")).length - 1));
  });

  test("a list is sorted by what its head offers, and its rows are gone through by key", async ({
    page,
    account,
  }) => {
    await page.goto(paths.environments(account.organization.slug));
    const head = page.getByRole("columnheader", { name: "Created" });
    await head.getByRole("button").click();
    await expect(head).toHaveAttribute("aria-sort", "ascending");
    await expect(page).toHaveURL(/sort=created/);
    await page.keyboard.press("j");
    await expect(page.getByRole("row").getByRole("link").first()).toBeFocused();
  });
});

test.describe("while the page's code is on its way", () => {
  test.use({ storageState: operatorState });

  test("/ goes to the search", async ({ page }) => {
    let letGo = () => {};
    const waiting = new Promise<void>((resolve) => (letGo = resolve));
    await page.route("**/_next/static/**/*.js", async (route) => {
      await waiting;
      await route.continue();
    });
    await page.goto(paths.fleetOrganizations(), { waitUntil: "commit" });
    const search = page.getByRole("searchbox", { name: "Search organizations" });
    await expect(search).toBeVisible();
    await page.keyboard.press("/");
    await expect(search).toBeFocused();
    await expect(search).toHaveValue("");
    letGo();
    await search.fill("operations");
    await expect(page).toHaveURL(/search=operations/);
  });
});
