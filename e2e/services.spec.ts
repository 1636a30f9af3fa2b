import { paths } from "@/components/paths";
import { choose, expect, test, unique } from "./fixtures";

test("a service's key is shown once, opens the catalog, and is refused once it is revoked", async ({
  operator,
  account,
  baseURL,
  request,
}) => {
  const name = unique("Billing");
  await operator.goto(paths.fleetServices());
  await operator.getByRole("button", { name: "Add service" }).first().click();
  const form = operator.getByRole("dialog", { name: "Add service" });
  await form.getByRole("button", { name: "Add service" }).click();
  await expect(form.getByText("Give it a name.")).toBeVisible();
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("radio", { name: /^readonly/ }).check();
  await form.getByRole("button", { name: "Add service" }).click();
  const dialog = operator.getByRole("dialog", { name: "Its key" });
  const key = await dialog.getByText(/^fhs_[\w-]{30,}$/).innerText();
  await expect(dialog.getByText(`Authorization: Bearer ${key}`)).toBeVisible();
  await dialog.getByRole("button", { name: "I have kept it" }).click();

  const url = `${baseURL}/internal/tenants/${account.environment.id}/db-info`;
  const ask = (headers: Record<string, string>) => request.get(url, { headers });
  const headers = { authorization: `Bearer ${key}` };
  const answer = await ask(headers);
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({
    tenant: account.environment.id,
    isolation: "dedicated",
    driver: "sqlite",
    credential: { scope: "readonly" },
  });
  // It is answered before Next, with what Next says of every answer.
  const page = await request.get(paths.signIn());
  const said = ["x-frame-options", "x-content-type-options", "referrer-policy", "permissions-policy"];
  for (const name of said) expect(answer.headers()[name], name).toBe(page.headers()[name] ?? "missing");
  const etag = answer.headers()["etag"] ?? "";
  expect((await ask({ ...headers, "if-none-match": etag })).status()).toBe(304);
  expect((await ask({ authorization: `Bearer ${key.slice(0, -1)}` })).status()).toBe(401);

  await operator.reload();
  const row = operator.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Active");
  await expect(row).not.toContainText("never");
  expect(await operator.content()).not.toContain(key);
  await choose(row, "Revoke");
  const question = operator.getByRole("alertdialog");
  await expect(question).toContainText("This cannot be taken back.");
  await question.getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("Revoked");
  await expect.poll(async () => (await ask(headers)).status()).toBe(401);
});

test("the services are the operators' alone", async ({ page, account }) => {
  await page.goto(paths.organization(account.organization.slug));
  expect((await page.goto(paths.fleetServices()))?.status()).toBe(404);
});
