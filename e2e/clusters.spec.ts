import type { Page } from "@playwright/test";
import { paths } from "@/components/paths";
import { call, expect, test, unique } from "./fixtures";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres";

const shape = "Give an address such as postgresql://";
const refusedAtField = [
  ["http://169.254.169.254/latest/meta-data", shape],
  ["file:///etc/passwd", shape],
  ["postgresql://admin:pass word@db.example.com/", shape],
  ["postgresql://a:b@db.example.com/postgres?host=/var/run/postgresql", "one parameter: sslmode."],
  ["postgresql://a:b@db.example.com:99999/postgres", "This address cannot be read."],
] as const;

/** Each names this machine or its neighbourhood, or would lead the client elsewhere. */
const refusedByTest = [
  "postgresql://a:b@127.0.0.1:4312/postgres",
  "postgresql://a:b@localhost:4312/postgres",
  "postgresql://a:b@[::ffff:127.0.0.1]:4312/postgres",
  "postgresql://a:b@169.254.169.254:80/postgres",
];

async function fill(operator: Page, slug: string, address: string): Promise<void> {
  await operator.goto(paths.newCluster());
  await operator.getByLabel("Admin address").fill(address);
  await operator.getByLabel("Name", { exact: true }).fill(slug);
}

async function drain(operator: Page, slug: string): Promise<void> {
  await operator.getByRole("button", { name: "Drain…" }).click();
  const dialog = operator.getByRole("alertdialog");
  await dialog.getByRole("button", { name: `Drain ${slug}` }).click();
  await expect(operator.getByText("Draining", { exact: true })).toBeVisible();
}

async function removeCluster(operator: Page, slug: string): Promise<void> {
  await operator.getByRole("button", { name: "Remove…" }).click();
  const dialog = operator.getByRole("alertdialog");
  await dialog.getByRole("textbox").fill(slug);
  await dialog.getByRole("button", { name: /^Remove/ }).click();
  await operator.waitForURL(`**${paths.fleetClusters()}`);
}

test("an address that is none is refused next to its field", async ({ operator }) => {
  await fill(operator, unique("hostile"), "");
  const add = operator.getByRole("button", { name: "Add and test cluster" });
  await add.click();
  await expect(operator.getByText("Give the address of the server, with a login.")).toBeVisible();
  for (const [address, why] of refusedAtField) {
    await operator.getByLabel("Admin address").fill(address);
    await add.click();
    await expect(operator.getByRole("alert").filter({ hasText: why })).toBeVisible();
    await expect(operator).toHaveURL(new RegExp(`${paths.newCluster()}$`));
  }
});

test("an address inside of our network is not connected to, and the page says why it is offline", async ({
  operator,
}) => {
  for (const address of refusedByTest) {
    const slug = unique("hostile");
    await fill(operator, slug, address);
    await operator.getByRole("button", { name: "Add and test cluster" }).click();
    await operator.waitForURL(/clusters\/[0-9a-f-]{36}/);
    await expect(operator.getByRole("heading", { name: "It is offline" })).toBeVisible();
    await expect(
      operator.getByText("Freehold cannot log in to a Postgres server at this address.").first(),
    ).toBeVisible();
    // The login is sealed: nothing of it comes back to a page.
    expect(await operator.content()).not.toContain("a:b@");
    await removeCluster(operator, slug);
  }
});

test.describe("a Postgres of one's own", () => {
  const port = 4323;
  let server: OwnPostgres | undefined;
  test.beforeAll(async () => {
    server = await startOwnPostgres(port);
  });
  test.afterAll(() => server?.stop());

  test("is tested, takes databases, shows its load, is drained and put back", async ({
    operator,
    baseURL,
  }) => {
    const slug = unique("tokyo");
    await fill(operator, slug, server!.addressOf(server!.superuser));
    await operator.getByLabel(/^It is on a private network/).check();
    await expect(operator.getByText("Allow it only for a server that you trust.")).toBeVisible();
    await operator.getByRole("combobox", { name: "Region" }).click();
    await operator.getByRole("option", { name: /ap-northeast/ }).click();
    await operator.getByLabel(/^Capacity/).fill("1");
    await operator.getByRole("button", { name: "Add and test cluster" }).click();
    await operator.waitForURL(/clusters\/[0-9a-f-]{36}/);
    const page = operator.url().split("?")[0] ?? "";
    // A first connection also prepares databases there, which a busy machine takes its time for.
    await expect(operator.getByText("Active", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(operator.getByText("0 of 1")).toBeVisible();

    const { organization } = await call<{ organization: { slug: string } }>(
      operator.request,
      baseURL,
      "organizations.create",
      { name: unique("Elsewhere") },
    );
    const order = (name: string) =>
      operator.request.post(`${baseURL}/api/trpc/environments.create`, {
        headers: { origin: baseURL },
        data: {
          json: { organization: organization.slug, name, slug: name, envType: "test", cluster: slug },
        },
      });
    expect(await (await order("first")).text()).toContain("provisioning");
    await operator.goto(paths.environment(organization.slug, "first"));
    await expect(operator.getByText("Active", { exact: true }).first()).toBeVisible();
    expect(await (await order("second")).text()).toContain("It is full: 1 of 1.");

    await operator.goto(page);
    await expect(operator.getByText("1 of 1")).toBeVisible();
    await drain(operator, slug);
    await expect(
      operator.getByText("It takes no new database. Those that it has are served as before."),
    ).toBeVisible();
    await expect(operator.getByText("Draining", { exact: true })).toBeVisible();
    expect(await (await order("third")).text()).toContain("It is draining.");
    await expect(operator.getByRole("button", { name: "Remove…" })).toHaveAttribute("aria-disabled", "true");
    await operator.goto(paths.fleetClusters({ search: slug }));
    await expect(operator.getByRole("row").filter({ hasText: "ap-northeast" })).toContainText("Draining");
    await operator.getByRole("link", { name: slug }).click();
    await operator.getByRole("button", { name: "Put back into use" }).click();
    await expect(operator.getByText("Active", { exact: true }).first()).toBeVisible();

    for (const verb of ["Delete…", "Delete for good…"]) {
      await operator.goto(paths.environmentSettings(organization.slug, "first"));
      await operator.getByRole("button", { name: verb }).click();
      await operator.getByRole("alertdialog").getByRole("textbox").fill("first");
      await operator
        .getByRole("alertdialog")
        .getByRole("button", { name: /^Delete first/ })
        .click();
      await operator.waitForURL(`**${paths.environments(organization.slug)}`);
    }
    await operator.goto(page);
    await expect(operator.getByText("0 of 1")).toBeVisible();
    await drain(operator, slug);
    await removeCluster(operator, slug);
    await expect(operator.getByRole("link", { name: slug })).toHaveCount(0);
  });
});
