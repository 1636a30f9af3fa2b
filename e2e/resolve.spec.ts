import { paths } from "@/components/paths";
import { call, expect, test } from "./fixtures";

test("a pasted command is refused, changed, and comes to its tenant", async ({
  operator,
  account,
  page,
  baseURL,
}) => {
  const environment = account.environment.id;
  const issued = { environment, audience: "students" };
  const { token } = await call<{ token: string }>(page.request, baseURL, "tokens.issue", issued);
  const other = "00000000-0000-4000-8000-00000000000b";
  const command = (tenant: string) =>
    `curl 'https://api.example.test/orders' \\\n  -H 'Authorization: Bearer ${token}' \\\n  -H 'X-Tenant-Id: ${tenant}' --insecure`;
  await operator.goto(paths.fleet());
  await operator.getByRole("link", { name: "Resolve" }).click();
  await expect(operator.getByRole("heading", { level: 1, name: "Resolve" })).toBeVisible();
  await operator.getByRole("button", { name: "Explain", exact: true }).click();
  await expect(operator.getByText("Paste a command first.")).toBeVisible();

  await operator.getByLabel("Command", { exact: true }).fill(command(other));
  await operator.getByLabel("Asked as").fill("students");
  await operator.getByRole("button", { name: "Explain", exact: true }).click();
  const lanes = operator.getByRole("list", { name: "The way of the request" });
  await expect(lanes.getByText("Refused: tenant_conflict")).toBeVisible();
  await expect(lanes.getByRole("listitem").filter({ hasText: "x-tenant-id" })).toContainText("contradicts");
  await expect(operator.getByText("--insecure is ignored")).toBeVisible();

  await operator.getByLabel("Asked as").fill("orders");
  await operator.getByRole("button", { name: "Explain", exact: true }).click();
  await expect(lanes.getByText('It is for "students", and orders was asked.')).toBeVisible();
  await expect(lanes).toContainText("The client gets 401: “A valid token for a tenant is needed.”");

  await operator.getByLabel("Asked as").fill("students");
  await operator.getByLabel("Command", { exact: true }).fill(command(environment));
  await operator.getByRole("button", { name: "Explain", exact: true }).click();
  await expect(lanes.getByRole("listitem").last()).toContainText(
    `${account.organization.slug}/${account.environment.slug}`,
  );
  await expect(lanes.getByText("Decided by token.")).toBeVisible();
  const landing = operator.getByRole("list", { name: "Where it lands" });
  await expect(landing).toContainText(environment);
  await expect(landing).toContainText("readwrite, generation 1");

  await expect(operator).toHaveURL(/\/fleet\/resolve\?service=students$/);
  expect(await operator.locator("main").innerText()).not.toContain(token);
});

test("whoever is no operator finds no such page", async ({ page, account }) => {
  expect(account.organization.slug).not.toBe("");
  expect((await page.goto(paths.fleetResolve()))?.status()).toBe(404);
});
