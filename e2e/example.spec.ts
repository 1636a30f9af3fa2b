import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

let url = "";
let example: ChildProcess | undefined;

// As from a terminal: a group of its own, which an interrupt goes to.
test.beforeAll(async () => {
  const child = spawn("npm", ["run", "example"], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: "0" },
  });
  example = child;
  for await (const line of createInterface({ input: child.stdout })) {
    url = /http:\/\/localhost:\d+$/.exec(line)?.[0] ?? "";
    if (url) return;
  }
  throw new Error("The example ended before it was ready.");
});

test.afterAll(() => end());

async function end(): Promise<void> {
  if (!example?.pid || example.exitCode !== null || example.signalCode !== null) return;
  const gone = once(example, "close");
  process.kill(-example.pid, "SIGINT");
  await gone;
}

const lane = (page: Page, name: string) => page.getByRole("list", { name: `Landed: ${name}` });
const student = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function create(page: Page, district: string, [first, last]: [string, string]): Promise<void> {
  await page.getByRole("radio", { name: new RegExp(district) }).check();
  await page.getByLabel("First name").fill(first);
  await page.getByLabel("Last name").fill(last);
  await press(page, "Create student");
  await expect(student(page, `${first} ${last}`)).toBeVisible();
}

const forgeries: [button: string, refused: string, by: string][] = [
  ["Forge the header", "403 tenant_conflict", "gateway"],
  ["Forge the claim", "401 unauthenticated", "gateway"],
  ["Forge the host", "403 tenant_conflict", "gateway"],
  ["Replay a context", "401 unauthenticated", "student-service"],
];

test("requests land in their tenants, and forged ones in none", async ({ page }) => {
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  await page.goto(url);
  await create(page, "North", ["Ada", "Fox"]);
  await create(page, "South", ["Bo", "Hall"]);
  await expect(student(page, "Ada Fox")).toBeHidden();

  await page.getByRole("radio", { name: /North/ }).check();
  await expect(student(page, "Ada Fox")).toBeVisible();
  await expect(student(page, "Bo Hall")).toBeHidden();
  await press(page, "Assess");
  await expect(student(page, "Ada Fox")).toContainText(/math \d+/);
  for (const landed of ["POST /assessments", "/students/", "GetEnrollment", "scoring/record"])
    await expect(lane(page, "North district")).toContainText(landed);
  await expect(lane(page, "South district")).not.toContainText("POST /assessments");

  for (const [button, refused, by] of forgeries) {
    await press(page, button);
    await expect(page.locator("#exchange")).toContainText(refused);
    await expect(lane(page, "Refused").getByRole("listitem").first()).toContainText(by);
    const why = page.getByRole("link", { name: /explained/ });
    await expect(why).toHaveAttribute("href", /\/fleet\/resolve\?/);
    expect(await why.getAttribute("href")).not.toMatch(/eyJ/);
  }
  await press(page, "List");
  await expect(student(page, "Mallory")).toBeHidden();
  expect(problems).toEqual([]);

  await end();
  await expect(page.evaluate(() => fetch("/api/scene").then(({ status }) => status))).rejects.toThrow();
});
