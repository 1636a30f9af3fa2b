import type { APIRequestContext } from "@playwright/test";
import { paths } from "@/components/paths";
import { ask, call, expect, test, unique } from "./fixtures";

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
  const lanes = operator.getByRole("list", { name: "The way of the request" });
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
