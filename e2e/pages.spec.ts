import type { Page } from "@playwright/test";
import type { Route } from "next";
import { paths } from "@/components/paths";
import { expect, expectAccessible, operatorState, test } from "./fixtures";

const looks = [
  { name: "light, wide", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark, phone", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

const entrance: [string, Route][] = [
  ["sign-in", paths.signIn()],
  ["sign-up", paths.signUp()],
  ["forgot password", paths.forgotPassword()],
];

const own = (slug: string): [string, Route][] => [
  ["organization", paths.organization(slug)],
  ["environments", paths.environments(slug)],
  ["create environment", paths.newEnvironment(slug)],
  ["members", paths.members(slug)],
  ["audit", paths.audit(slug)],
  ["organization settings", paths.organizationSettings(slug)],
  ["environment", paths.environment(slug, "prod")],
  ["connect", paths.connect(slug, "prod")],
  ["database", paths.database(slug, "prod")],
  ["environment packages", paths.environmentPackages(slug, "prod")],
  ["environment members", paths.environmentMembers(slug, "prod")],
  ["activity", paths.activity(slug, "prod")],
  ["environment settings", paths.environmentSettings(slug, "prod")],
  ["operations", paths.operations()],
  ["account", paths.account()],
  ["API keys", paths.apiKeys()],
  ["new organization", paths.newOrganization()],
];

/** The cluster that every installation has. */
const files = "00000000-0000-4000-8000-00000000f11e";

const fleet: [string, Route][] = [
  ["fleet", paths.fleet()],
  ["fleet organizations", paths.fleetOrganizations()],
  ["clusters", paths.fleetClusters()],
  ["add cluster", paths.newCluster()],
  ["cluster", paths.fleetCluster(files)],
  ["placement", paths.fleetPlacement()],
  ["packages", paths.fleetPackages()],
  ["services", paths.fleetServices()],
  ["fleet operations", paths.fleetOperations()],
  ["findings", paths.fleetFindings()],
  ["isolation", paths.fleetIsolation()],
  ["isolation runs", paths.fleetIsolationRuns()],
  ["fleet settings", paths.fleetSettings()],
];

async function lookAt(page: Page, list: [string, Route][]): Promise<void> {
  for (const [name, path] of list) {
    await test.step(name, async () => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      const response = await page.goto(path);
      expect(response?.status()).toBe(200);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expectAccessible(page);
      // The page itself never scrolls sideways.
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(errors).toEqual([]);
    });
  }
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ colorScheme: look.colorScheme, viewport: look.viewport });

    test("the pages before sign-in are in order", ({ page }) => lookAt(page, entrance));

    test("the pages of an organization and its environment are in order", ({ page, account }) =>
      lookAt(page, own(account.organization.slug)));

    test.describe("as operator", () => {
      test.use({ storageState: operatorState });
      test("the fleet's pages are in order", ({ page }) => lookAt(page, fleet));
    });
  });
}
