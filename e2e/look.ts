import type { Locator, Page } from "@playwright/test";
import type { Route } from "next";
import { expect, expectAccessible, test } from "./fixtures";

export interface Sight {
  name: string;
  path: Route;
  /** What a person does there to see more: a dialog, mostly. */
  opens?: (page: Page) => Promise<unknown>;
}

export const dialogOf = (page: Page): Locator => page.getByRole("dialog").or(page.getByRole("alertdialog"));

/** Columns narrower than this show nothing that could be read, in pixels; the first one has names. */
const narrowest = { first: 96, other: 40 };

/** Looks at each in turn, and at each as a whole. */
export async function lookAt(page: Page, list: Sight[]): Promise<void> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  let untouched: Route | undefined;
  for (const { name, path, opens } of list) {
    await test.step(name, async () => {
      // What the sight before has loaded, and nobody has touched, is not loaded again.
      if (path !== untouched) await load(page, path);
      untouched = opens ? undefined : path;
      await opens?.(page);
      await expectInOrder(page);
      expect(errors).toEqual([]);
    });
  }
}

async function load(page: Page, path: Route): Promise<void> {
  const response = await page.goto(path);
  expect(response?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\S/);
  // What stands for what is still on its way.
  await expect(page.locator("[aria-busy=true], main .animate-breathe")).toHaveCount(0);
}

/** Nothing for axe, no table without room for its columns, and nothing beyond the sides of the page or of its dialog. */
async function expectInOrder(page: Page): Promise<void> {
  for (const one of await dialogOf(page).all()) await expect(one).toHaveCSS("opacity", "1");
  await expectAccessible(page);
  const sideways = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("[role=dialog], [role=alertdialog]")].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );
  expect(Math.max(...sideways)).toBeLessThanOrEqual(0);
  await expectColumns(page);
}

/** What else a window may be wide, where tables have columns. */
const windows = [1280, 1024, 800];

/** Columns have room at every width, not only at the one that is looked at. */
async function expectColumns(page: Page): Promise<void> {
  const size = page.viewportSize();
  expect(await squeezed(page)).toEqual([]);
  if (!size || size.width < 1024 || (await page.getByRole("table").count()) === 0) return;
  for (const width of windows) {
    await page.setViewportSize({ ...size, width });
    expect(await squeezed(page), `${width} px wide`).toEqual([]);
  }
  await page.setViewportSize(size);
}

/** Tables that are wider than their place, columns with no room, and cells of which nothing can be read. */
function squeezed(page: Page): Promise<string[]> {
  return page.evaluate(({ first, other }) => {
    const isShown = (element: Element) => element.getClientRects().length > 0;
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].filter(isShown);
    const textOf = ({ innerText }: HTMLElement) => innerText.trim();
    const wide = all("table").flatMap((table) => {
      const place = table.parentElement?.clientWidth ?? 0;
      const over = Math.max(table.offsetWidth, table.scrollWidth) - place;
      return over > 0 ? [`${table.ariaLabel} is ${over} px wider than its place`] : [];
    });
    const isColumn = (head: Element) => getComputedStyle(head).display === "table-cell";
    const narrow = [...document.querySelectorAll("th")]
      // Where rows are stacked heads are as wide as their words. One pixel is for screen readers alone.
      .filter((head) => isColumn(head) && textOf(head) !== "" && head.offsetWidth > 1)
      .filter(({ offsetWidth, cellIndex }) => offsetWidth < (cellIndex === 0 ? first : other))
      .map((head) => `${textOf(head)} has ${head.offsetWidth} px`);
    const nameless = all("td:first-child")
      .filter(({ offsetWidth }) => offsetWidth < first)
      .map((cell) => `${textOf(cell)} has ${cell.offsetWidth} px`);
    const cut = all("td, td *")
      .filter((cell) => getComputedStyle(cell).textOverflow === "ellipsis" && textOf(cell) !== "")
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1 && clientWidth < other)
      .map((cell) => `${textOf(cell)} is cut to ${cell.clientWidth} px`);
    return [...wide, ...narrow, ...nameless, ...cut];
  }, narrowest);
}
