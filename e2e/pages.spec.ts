import type { Locator, Page } from "@playwright/test";
import type { Route } from "next";
import { paths } from "@/components/paths";
import { call, choose, expect, operatorState, test, unique, type Account } from "./fixtures";
import { dialogOf, lookAt, type Sight } from "./look";
import { createPool, installInPool, onePackage, type Pool } from "./pools";

// Nobody changes what another one looks at, and together they would hold one worker for long.
test.describe.configure({ mode: "parallel" });

const looks = [
  { name: "light, wide", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark, phone", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

const at = (name: string, path: Route, opens?: Sight["opens"]): Sight => ({
  name,
  path,
  ...(opens ? { opens } : {}),
});
const press = (name: string | RegExp) => (page: Page) =>
  page
    .locator("main")
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
const inTurn =
  (...steps: ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };
const seesDialog = (page: Page) => expect(dialogOf(page)).toBeVisible();
const open = (button: string | RegExp) => inTurn(press(button), seesDialog);
const act = (row: string, action: string) =>
  inTurn((page) => choose(rowNamed(page, row), action), seesDialog);
const rowNamed = (page: Page, text: string): Locator =>
  page.locator("main").getByRole("row").filter({ hasText: text }).first();
const fill = (label: string, value: string) => (page: Page) =>
  page.getByLabel(label, { exact: true }).fill(value);
/** Confirms what a dialog is about, and waits for the secret that it gives. */
const obtain = (name: string) => async (page: Page) => {
  await page.getByRole("dialog").getByRole("button", { name }).click();
  await expect(page.getByRole("button", { name: "I have kept it" })).toBeVisible();
  await expect(dialogOf(page)).toHaveCount(1);
};

const entrance = [
  at("sign-in", paths.signIn()),
  at("sign-up", paths.signUp()),
  at("forgot password", paths.forgotPassword()),
];

const own = (slug: string) => [
  at("organization", paths.organization(slug)),
  at("environments", paths.environments(slug)),
  at(
    "create environment",
    paths.newEnvironment(slug),
    inTurn(fill("Name", "Look"), (page) => page.getByText("Why there").click()),
  ),
  at("members", paths.members(slug)),
  at("audit", paths.audit(slug)),
  at("organization settings", paths.organizationSettings(slug)),
  at("operations", paths.operations()),
  at("account", paths.account()),
  at("API keys", paths.apiKeys()),
  at("new organization", paths.newOrganization()),
];

const dataPlane = (slug: string) => [
  at("environment", paths.environment(slug, "prod"), (page) =>
    page.getByText("Why did it land here").click(),
  ),
  at("connect", paths.connect(slug, "prod")),
  at("issue credential", paths.connect(slug, "prod"), open("Issue credential")),
  at(
    "issued credential",
    paths.connect(slug, "prod"),
    inTurn(open("Issue credential"), fill("Name", "Look"), obtain("Issue credential")),
  ),
  at("rotate credential", paths.connect(slug, "prod"), act("Services, readwrite", "Rotate")),
  at("schedule rotation", paths.connect(slug, "prod"), act("Services, readwrite", "Schedule rotation")),
  at("revoke credential", paths.connect(slug, "prod"), act("Services, readwrite", "Revoke")),
  at("database", paths.database(slug, "prod")),
  at("environment packages", paths.environmentPackages(slug, "prod")),
  at("no options", paths.environmentOptions(slug, "gone")),
  at("options", paths.environmentOptions(slug, "prod")),
  at("add options", paths.environmentOptions(slug, "prod"), open("Add options")),
  at("a set of options", paths.optionsSet(slug, "prod", "checkout")),
  at("restore options", paths.optionsSet(slug, "prod", "checkout"), open("Restore version 1…")),
  at("clear options", paths.optionsSet(slug, "prod", "checkout"), open("Go back to the defaults…")),
  at("environment members", paths.environmentMembers(slug, "prod")),
  at("activity", paths.activity(slug, "prod")),
  at("environment settings", paths.environmentSettings(slug, "prod")),
  at("suspend", paths.environmentSettings(slug, "prod"), open("Suspend…")),
  at("deleted environment", paths.environment(slug, "gone")),
  at("connect to a deleted one", paths.connect(slug, "gone")),
  at("delete for good", paths.environment(slug, "gone"), open("Delete for good…")),
];

/** The cluster that every installation has. */
const files = "00000000-0000-4000-8000-00000000f11e";

const fleet = [
  at("fleet", paths.fleet()),
  at("fleet organizations", paths.fleetOrganizations()),
  at("change tier", paths.fleetOrganizations(), act("Operations", "Change tier")),
  at("clusters", paths.fleetClusters()),
  at("add cluster", paths.newCluster()),
  at("add cluster at Turso", paths.newCluster(), (page) =>
    page.getByRole("radio", { name: /^Turso/ }).check(),
  ),
  at("cluster", paths.fleetCluster(files)),
  at("edit cluster", paths.fleetCluster(files), open("Edit")),
  at("drain cluster", paths.fleetCluster(files), open("Drain…")),
  at("pools", paths.fleetPools()),
  at("no pool found", paths.fleetPools({ search: "nothing is called this" })),
  at("create pool", paths.newPool(), fill("Name", "Look")),
  at("placement", paths.fleetPlacement()),
  at("add rule", paths.fleetPlacement(), open("Add rule")),
  at("packages", paths.fleetPackages()),
  at("isolation", paths.fleetIsolation()),
  at("isolation runs", paths.fleetIsolationRuns()),
  at("services", paths.fleetServices()),
  at("add service", paths.fleetServices(), open("Add service")),
  at(
    "service key",
    paths.fleetServices(),
    inTurn(open("Add service"), fill("Name", "Look"), obtain("Add service")),
  ),
  at("revoke service", paths.fleetServices(), act("Look", "Revoke")),
  at("resolve", paths.fleetResolve()),
  at(
    "a refused request",
    paths.fleetResolve(),
    inTurn(press("Token A, header B"), (page) =>
      expect(page.getByText("Refused: tenant_conflict")).toBeVisible(),
    ),
  ),
  at(
    "a request of a tenant",
    paths.fleetResolve(),
    inTurn(press("Host only"), (page) =>
      expect(page.getByRole("list", { name: "Where it lands" })).toBeVisible(),
    ),
  ),
  at("fleet operations", paths.fleetOperations()),
  at("findings", paths.fleetFindings()),
  at("fleet settings", paths.fleetSettings()),
];

/** A pool with a package that failed, and an environment that lives in it. */
const shares = (slug: string, pool: Pool) => [
  at("pool", paths.fleetPool(pool.id)),
  at("edit pool", paths.fleetPool(pool.id), open("Edit")),
  at("drain pool", paths.fleetPool(pool.id), open("Drain…")),
  at("install in pool", paths.fleetPool(pool.id), open("Install package")),
  at("try again in pool", paths.fleetPool(pool.id), open(/^Try again/)),
  at("pools with one", paths.fleetPools({ search: pool.slug })),
  at("cluster with a pool", paths.fleetCluster(pool.clusterId)),
  at("isolation of the pool", paths.fleetIsolation(pool.slug)),
  at(
    "create shared environment",
    paths.newEnvironment(slug),
    inTurn(fill("Name", "Look"), (page) => page.getByRole("radio", { name: /^Shared/ }).check()),
  ),
  at("shared environment", paths.environment(slug, "here")),
  at("connect to shared", paths.connect(slug, "here")),
  at("issue in a pool", paths.connect(slug, "here"), open("Issue credential")),
  at("shared database", paths.database(slug, "here")),
  at("packages of a shared one", paths.environmentPackages(slug, "here")),
];

async function addDeleted(page: Page, baseURL: string, { organization }: Account): Promise<void> {
  const gone = { organization: organization.slug, name: "Gone", slug: "gone", envType: "preview" };
  const { environment } = await call<Pick<Account, "environment">>(
    page.request,
    baseURL,
    "environments.create",
    gone,
  );
  await page.goto(paths.environment(organization.slug, "gone"));
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  await call(page.request, baseURL, "environments.delete", { environment: environment.id, confirm: "gone" });
}

async function addOptions(page: Page, baseURL: string, { environment }: Account): Promise<void> {
  const input = { environment: environment.id, name: "checkout" };
  const first = { express: true, greeting: "Good morning", limits: { perOrder: 5 } };
  await call(page.request, baseURL, "options.set", { ...input, value: first, expectedVersion: 0 });
  const second = { ...first, limits: { perOrder: 50 } };
  await call(page.request, baseURL, "options.set", {
    ...input,
    value: second,
    expectedVersion: 1,
    reason: "Summer sale",
  });
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ colorScheme: look.colorScheme, viewport: look.viewport });

    test("the pages before sign-in are in order", ({ page }) => lookAt(page, entrance));

    test("the pages of an organization are in order", ({ page, account }) =>
      lookAt(page, own(account.organization.slug)));

    test("the pages and dialogs of an environment are in order", async ({ page, account, baseURL }) => {
      await addDeleted(page, baseURL, account);
      await addOptions(page, baseURL, account);
      await lookAt(page, dataPlane(account.organization.slug));
    });

    test.describe("as operator", () => {
      test.use({ storageState: operatorState });
      test("the fleet's pages and dialogs are in order", ({ page }) => lookAt(page, fleet));

      test("the pages and dialogs of a pool and of who is in it are in order", async ({ page, baseURL }) => {
        const pool = await createPool(page, baseURL);
        const schema = unique("look").replaceAll("-", "");
        const { organization } = await call<Pick<Account, "organization">>(
          page.request,
          baseURL,
          "organizations.create",
          { name: unique("Neighbours") },
        );
        await call(page.request, baseURL, "packages.publish", onePackage(schema, "CREATE TABLE a (b text);"));
        await installInPool(page, baseURL, pool, schema);
        const shared = { organization: organization.slug, envType: "test", isolation: "shared" };
        const here = { ...shared, name: "Here", slug: "here", pool: pool.slug };
        await call(page.request, baseURL, "environments.create", here);
        await page.goto(paths.environment(organization.slug, "here"));
        await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
        await lookAt(page, shares(organization.slug, pool));
      });
    });
  });
}
