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

/** Nothing for axe, no column that is squeezed to nothing, and nothing beyond the sides of the page or of its dialog. */
async function expectInOrder(page: Page): Promise<void> {
  for (const one of await dialogOf(page).all()) await expect(one).toHaveCSS("opacity", "1");
  await expectAccessible(page);
  const sideways = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("[role=dialog], [role=alertdialog]")].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );
  expect(Math.max(...sideways)).toBeLessThanOrEqual(0);
  const squeezed = await page.evaluate(
    ({ first, other }) =>
      [...document.querySelectorAll<HTMLTableCellElement>("th")]
        .filter((head) => head.getClientRects().length > 0 && head.innerText.trim() !== "")
        // One pixel is for screen readers alone.
        .filter(
          ({ offsetWidth, cellIndex }) =>
            offsetWidth !== 1 && offsetWidth < (cellIndex === 0 ? first : other),
        )
        .map(({ innerText, offsetWidth }) => `${innerText.trim()} has ${offsetWidth} px`),
    narrowest,
  );
  expect(squeezed).toEqual([]);
}
