import { expect, test as setup } from "@playwright/test";
import { expectAccessible, operatorState, password } from "./fixtures";

setup("the first account sets the console up and is its operator", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Set up Freehold" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Your name").fill("Olga Operator");
  await page.getByLabel("E-mail").fill("operator@example.test");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Organization").fill("Operations");
  await page.getByRole("button", { name: "Create the first account" }).click();
  await page.waitForURL("**/operations-*/environments/prod");
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  await page.goto("/fleet");
  await expect(page.getByRole("heading", { name: "Fleet", level: 1 })).toBeVisible();
  await page.context().storageState({ path: operatorState });
});
