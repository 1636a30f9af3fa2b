import type { APIRequestContext } from "@playwright/test";
import { paths } from "@/components/paths";
import { ask, call, expect, test, unique } from "./fixtures";

const way = { name: "The way of the request" };

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
  const lanes = operator.getByRole("list", way);
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

interface Refused {
  key: string;
  tenant: string;
  other: string;
}

/** Reports what a service would after it has refused a request. */
async function report(
  request: APIRequestContext,
  baseURL: string,
  { key, tenant, other }: Refused,
): Promise<void> {
  const now = new Date().toISOString();
  const common = { because: "", reason: "" };
  const hints = [
    { ...common, source: "token", label: "tid", saw: [tenant], trusted: true, verdict: "decides", tenant },
    {
      ...common,
      source: "header",
      label: "x-tenant-id",
      saw: [other],
      trusted: false,
      verdict: "contradicts",
      tenant: other,
    },
  ];
  const outcome = { refused: "tenant_conflict", message: "This request names more than one tenant." };
  const explanation = { policy: "sharedDb", hints, outcome };
  const told = { tenant, code: "tenant_conflict", count: 3, first_at: now, last_at: now, explanation };
  const response = await request.post(`${baseURL}/internal/violations`, {
    headers: { authorization: `Bearer ${key}` },
    data: { violations: [told] },
  });
  expect(response.status(), await response.text()).toBe(202);
}

test("a violation on the audit trail leads to its own explanation, and a changed hint to the tenant", async ({
  operator,
  baseURL,
  request,
}) => {
  const { request: own } = operator;
  const made = await call<{ organization: { slug: string }; environment: { id: string } }>(
    own,
    baseURL,
    "organizations.create",
    { name: unique("Refusing") },
  );
  const organization = made.organization.slug;
  const tenant = made.environment.id;
  const other = "00000000-0000-4000-8000-00000000000b";
  const { key } = await call<{ key: string }>(own, baseURL, "services.add", { name: unique("Students") });
  await report(request, baseURL, { key, tenant, other });
  // An entry is written when its minute is over.
  const entries = () =>
    ask<{ items: { id: string }[] }>(own, baseURL, "audit.list", {
      organization,
      action: "tenant.violation",
    });
  await expect.poll(async () => (await entries()).items.length, { timeout: 90_000 }).toBe(1);
  const [entry] = (await entries()).items;

  await operator.goto(paths.auditEntry(organization, entry?.id ?? ""));
  await operator.getByRole("link", { name: "Explain this request" }).click();
  const lanes = operator.getByRole("list", way);
  await expect(lanes.getByText("Refused: tenant_conflict")).toBeVisible();
  await expect(operator.getByLabel("Hints", { exact: true })).toHaveValue(
    `token trusted ${tenant}\nheader untrusted ${other}`,
  );

  await operator.getByLabel("Hints", { exact: true }).fill(`token trusted ${tenant}`);
  await operator.getByRole("button", { name: "Explain", exact: true }).click();
  await expect(lanes.getByRole("listitem").last()).toContainText(`${organization}/prod`);
  await operator.reload();
  await expect(lanes.getByRole("listitem").last()).toContainText(`${organization}/prod`);
});

test("whoever is no operator finds no such page", async ({ page, account }) => {
  expect(account.organization.slug).not.toBe("");
  expect((await page.goto(paths.fleetResolve()))?.status()).toBe(404);
});
