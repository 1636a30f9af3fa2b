import type { Locator, Page } from "@playwright/test";
import pg from "pg";
import { paths } from "@/components/paths";
import { call, choose, createEnvironment, expect, inviteColleague, test, type Account } from "./fixtures";
import { issue, keep, postgresUrlOf } from "./issued";
import { loopWith, runProgram, type Program } from "./programs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const goToConnect = (page: Page, { organization }: Account, environment = "prod") =>
  page.goto(paths.connect(organization.slug, environment));

const rowOf = (page: Page, ...texts: string[]) =>
  texts.reduce((rows, text) => rows.filter({ hasText: text }), page.getByRole("row"));

async function expectToGoOn(loop: Program): Promise<void> {
  const rounds = loop.lines().length;
  await expect.poll(() => loop.lines().length).toBeGreaterThan(rounds + 5);
}

test("a secret is shown once, and each program beside it runs as it stands", async ({ page, account }) => {
  await goToConnect(page, account);
  const { secret, snippets } = await issue(page, "Build pipeline", "admin");
  expect(Object.keys(snippets)).toEqual(["@libsql/client", "drizzle", "curl"]);
  for (const code of Object.values(snippets)) expect(code).toContain(secret);
  await expect(rowOf(page, "Build pipeline")).toContainText("never");

  const first = await runProgram(snippets["@libsql/client"] ?? "");
  expect(first).toMatchObject({ code: 0, error: "" });
  expect(first.output).toContain("body: 'Hello'");
  // The second one finds what the first one has written.
  const second = await runProgram(snippets["drizzle"] ?? "");
  expect(second).toMatchObject({ code: 0, error: "" });
  expect(second.output.match(/Hello/g)).toHaveLength(2);

  await page.reload();
  await expect(rowOf(page, "Build pipeline")).toContainText("Active");
  expect(await page.content()).not.toContain(secret);
  // Use is written down a few seconds later.
  await expect(async () => {
    await page.reload();
    await expect(rowOf(page, "Build pipeline")).toContainText("Active");
    await expect(rowOf(page, "Build pipeline")).not.toContainText("never", { timeout: 100 });
  }).toPass();
});

test("a readonly credential reads, and the database refuses its writes", async ({ page, account }) => {
  await goToConnect(page, account);
  const { snippets } = await issue(page, "Reports", "readonly");
  const program = snippets["@libsql/client"] ?? "";
  expect((await runProgram(program)).output).toContain("sys_stamp");
  const refused = await runProgram(
    program.replace(/execute\(".+"\)/, 'execute("create table notes (id integer primary key)")'),
  );
  expect(refused.code).toBe(1);
  expect(refused.error).toContain("This credential may read, and nothing else.");
});

test("a rotation is not noticed within its overlap, and the old secret dies with it", async ({
  page,
  account,
}) => {
  await goToConnect(page, account);
  const url = await page
    .getByText(/^http:\/\/localhost:\d+\/env_/)
    .first()
    .innerText();
  const loops: Program[] = [];
  const start = (secret: string) => {
    const loop = loopWith(url, secret);
    loops.push(loop);
    return loop;
  };
  const rotate = async (generation: Locator, overlap: RegExp) => {
    await choose(generation, "Rotate");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: overlap }).check();
    await dialog.getByRole("button", { name: "Rotate credential" }).click();
    return keep(page.getByRole("dialog", { name: "The next generation" }));
  };
  try {
    const first = start((await issue(page, "Worker", "readwrite")).secret);
    await expectToGoOn(first);
    const second = start((await rotate(rowOf(page, "Worker"), /^1 hour/)).secret);
    await expect(rowOf(page, "Worker", "gen. 2")).toContainText("Active");
    await expect(rowOf(page, "Worker", "Rotating")).toContainText("ends in");
    await expectToGoOn(first);
    await expectToGoOn(second);

    const third = start((await rotate(rowOf(page, "Worker", "gen. 2"), /^None/)).secret);
    expect((await second.ended).error).toMatch(/AUTH|401|token/i);
    await expect(rowOf(page, "Worker", "gen. 2")).toContainText("Revoked");
    await expectToGoOn(third);
    await expectToGoOn(first);

    await choose(rowOf(page, "Worker", "Rotating"), "Revoke");
    const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    await dialog.getByRole("button", { name: "Revoke credential" }).click();
    await expect(dialog.getByText("Say why it is revoked.")).toBeVisible();
    await dialog.getByRole("textbox").fill("Everything runs with the new one");
    await dialog.getByRole("button", { name: "Revoke credential" }).click();
    expect((await first.ended).code).toBe(1);
    await expect(rowOf(page, "Worker", "Rotating")).toHaveCount(0);
    await expectToGoOn(third);
  } finally {
    for (const loop of loops) loop.stop();
  }
});

test("those of services rotate by themselves once they are scheduled, those of people do not", async ({
  page,
  account,
}) => {
  await goToConnect(page, account);
  await issue(page, "By hand", "readonly");
  await rowOf(page, "By hand")
    .getByRole("button", { name: /^Actions/ })
    .click();
  const item = page.getByRole("menuitem", { name: /^Schedule rotation/ });
  await expect(item).toContainText("nobody would see the new secret");
  await page.keyboard.press("Escape");

  const services = rowOf(page, "Services, readwrite");
  await choose(services, "Schedule rotation");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Days between/).fill("0");
  await dialog.getByRole("button", { name: "Save schedule" }).click();
  await expect(dialog.getByText("Give it a whole number of days from 1 to 730.")).toBeVisible();
  await dialog.getByLabel(/^Days between/).fill("30");
  await dialog.getByRole("button", { name: "Save schedule" }).click();
  await expect(services).toContainText("every 30 d");
});

test("a database on Postgres is opened by what psql and pg are given", async ({ page, account, baseURL }) => {
  await createEnvironment(page, baseURL, account, { name: "Ledger", envType: "test", driver: "postgres" });
  await goToConnect(page, account, "ledger");
  const admin = await issue(page, "Migrations", "admin");
  expect(Object.keys(admin.snippets)).toEqual(["psql", "pg", "drizzle"]);
  const ran = await runProgram(admin.snippets["pg"] ?? "");
  expect(ran).toMatchObject({ code: 0, error: "" });
  expect(ran.output).toContain("body: 'Hello'");
  await expect(rowOf(page, "Migrations")).toContainText("not seen");

  const reader = await issue(page, "Reports", "readonly");
  const connectionString = postgresUrlOf(reader);
  const connect = () => new pg.Client({ connectionString });
  const client = connect();
  await client.connect();
  expect((await client.query("select body from notes")).rows).toEqual([{ body: "Hello" }]);
  await expect(client.query("insert into notes (body) values ('no')")).rejects.toThrow(
    /permission denied|read-only/,
  );
  client.on("error", () => undefined);
  await choose(rowOf(page, "Reports"), "Revoke");
  const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  await dialog.getByRole("textbox").fill("No more reports");
  await dialog.getByRole("button", { name: "Revoke credential" }).click();
  await expect(rowOf(page, "Reports")).toContainText("Revoked");
  // It is revoked from then on; that its sessions are ended is the next thing that happens.
  const isRefused = (attempt: Promise<unknown>) =>
    attempt.then(
      () => false,
      () => true,
    );
  await expect.poll(() => isRefused(client.query("select 1"))).toBe(true);
  expect(await isRefused(connect().connect())).toBe(true);
});

const roles = [
  { role: "env_viewer", sees: "How to connect is for users, makers and admins" },
  { role: "env_user", sees: "Services, readwrite" },
] as const;

test("who may not issue sees why, and no button that would not work", async ({
  page,
  account,
  browser,
  baseURL,
}) => {
  const colleague = await inviteColleague(page, browser, baseURL, account);
  for (const { role, sees } of roles) {
    const member = { environment: account.environment.id, userId: colleague.id, role };
    await call(page.request, baseURL, "members.setEnvironment", member);
    await goToConnect(colleague.page, account);
    await expect(colleague.page.getByText(sees)).toBeVisible();
    const button = colleague.page.getByRole("button", { name: "Issue credential" });
    if (role === "env_viewer") await expect(button).toHaveCount(0);
    else await expect(button).toHaveAttribute("aria-disabled", "true");
  }
  const row = rowOf(colleague.page, "Services, readwrite");
  await row.getByRole("button", { name: /^Actions/ }).click();
  for (const name of [/^Rotate/, /^Schedule/, /^Revoke/]) {
    const item = colleague.page.getByRole("menuitem", { name });
    await expect(item).toHaveAttribute("aria-disabled", "true");
    await expect(item).toContainText("env_user");
  }
  await colleague.page.context().close();
});
