import type { Page } from "@playwright/test";
import { paths } from "@/components/paths";
import { call, expect, inviteColleague, test, unique, type Account } from "./fixtures";

const schema = {
  type: "object",
  properties: {
    theme: { type: "string", enum: ["light", "dark"], title: "Theme", description: "Colours of the shop." },
    perOrder: { type: "integer", minimum: 1, maximum: 100, title: "Items per order" },
    express: { type: "boolean", title: "Express" },
    greeting: { type: "string", maxLength: 20, pattern: "^[A-Z]", title: "Greeting" },
  },
  required: ["theme", "perOrder", "express", "greeting"],
  additionalProperties: false,
};
const defaults = { theme: "light", perOrder: 10, express: false, greeting: "Hello" };

/** A service that has published a set of options, and what it asks the catalog with. */
async function publish(operator: Page, baseURL: string) {
  const name = unique("shop");
  const { key } = await call<{ key: string }>(operator.request, baseURL, "services.add", { name });
  const headers = { authorization: `Bearer ${key}` };
  const url = `${baseURL}/internal/options/${name}`;
  const published = await operator.request.put(url, { headers, data: { schema, defaults } });
  expect(published.status(), await published.text()).toBe(200);
  const of = async ({ environment }: Account): Promise<unknown> => {
    const asked = `${baseURL}/internal/tenants/${environment.id}/options/${name}`;
    return (await operator.request.get(asked, { headers })).json();
  };
  return { name, of };
}

test("a maker sets options in a form, the service gets them, and an earlier version comes back", async ({
  page,
  operator,
  account,
  baseURL,
}) => {
  const shop = await publish(operator, baseURL);
  const { slug } = account.organization;
  await page.goto(paths.environmentOptions(slug, "prod"));
  await page.getByLabel("Search options").fill(shop.name);
  // The address keeps what is searched, and a link that is followed meanwhile would be overtaken.
  await expect(page).toHaveURL(new RegExp(`search=${shop.name}`));
  await page.getByRole("link", { name: shop.name }).click();

  await page.getByLabel("Items per order", { exact: true }).fill("500");
  await expect(page.getByText("Give at most 100.")).toBeVisible();
  await page.getByLabel("Items per order", { exact: true }).fill("50");
  await page.getByLabel("Theme", { exact: true }).click();
  await page.getByRole("option", { name: "dark" }).click();
  await page.getByLabel("Greeting", { exact: true }).fill("hello");
  await page.getByLabel(/^Reason/).fill("Summer sale");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "greeting" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Use the default of Greeting" }).click();
  await page.getByRole("button", { name: "Save" }).click();

  const versions = page.getByRole("list", { name: "Versions", exact: true });
  await expect(versions).toContainText("Version 1");
  await expect(versions).toContainText("Summer sale");
  await expect(versions).toContainText('"dark"');
  expect(await shop.of(account)).toMatchObject({ version: 1, value: { theme: "dark", perOrder: 50 } });

  await page.getByRole("tab", { name: "JSON" }).click();
  await page.getByLabel("Overlay", { exact: true }).fill('{"perOrder": 60');
  await expect(page.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(
    "The overlay is not JSON yet",
  );
  await page.getByLabel("Overlay", { exact: true }).fill('{"perOrder": 60}');
  await page.getByRole("button", { name: "Save" }).click();
  await expect(versions).toContainText("Version 2");

  await page.getByRole("button", { name: "Restore version 1…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore version 1" }).click();
  await expect(versions).toContainText("put back version 1");
  await page.getByRole("tab", { name: "Form" }).click();
  await expect(page.getByLabel("Items per order", { exact: true })).toHaveValue("50");
  expect(await shop.of(account)).toMatchObject({ version: 3, value: { theme: "dark", perOrder: 50 } });

  await page.getByRole("button", { name: "Go back to the defaults…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Go back to the defaults" }).click();
  await expect(versions).toContainText("went back to the defaults");
  expect(await shop.of(account)).toMatchObject({ version: 4, value: {} });
});

test("what is based on an older version is not saved over a newer one", async ({
  page,
  account,
  baseURL,
}) => {
  const at = { environment: account.environment.id, name: "checkout" };
  await page.goto(paths.environmentOptions(account.organization.slug, "prod"));
  await page.getByRole("button", { name: "Add options" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("Check out");
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Use lower-case letters and digits")).toBeVisible();
  await page.getByRole("dialog").getByLabel("Name").fill(at.name);
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Overlay", { exact: true }).fill('{"mine": true}');
  await call(page.request, baseURL, "options.set", { ...at, value: { theirs: 1 }, expectedVersion: 0 });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Version 1 was made meanwhile")).toBeVisible();
  await expect(page.getByLabel("Overlay", { exact: true })).toHaveValue('{"mine": true}');
  await page.getByRole("button", { name: "Load version 1" }).click();
  await expect(page.getByLabel("Overlay", { exact: true })).toHaveValue(/"theirs": 1/);
  await page.getByLabel("Overlay", { exact: true }).fill('{"smtpPassword": "x"}');
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("smtpPassword looks like a secret")).toBeVisible();
});

test("a viewer reads options and is told who may change them", async ({
  page,
  browser,
  account,
  baseURL,
}) => {
  const at = { environment: account.environment.id };
  await call(page.request, baseURL, "options.set", {
    ...at,
    name: "checkout",
    value: { express: true },
    expectedVersion: 0,
  });
  const colleague = await inviteColleague(page, browser, baseURL, account);
  await call(page.request, baseURL, "members.setEnvironment", {
    ...at,
    userId: colleague.id,
    role: "env_viewer",
  });
  const theirs = colleague.page;
  await theirs.goto(paths.optionsSet(account.organization.slug, "prod", "checkout"));
  await expect(theirs.getByLabel("Overlay", { exact: true })).not.toBeEditable();
  await expect(theirs.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(
    /^Admins and makers/,
  );
  await theirs.goto(paths.optionsSet(account.organization.slug, "prod", "No_name"));
  await expect(theirs.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await theirs.context().close();
});
