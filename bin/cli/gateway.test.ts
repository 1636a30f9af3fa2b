import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { runCommand, startCommand } from "@/server/testing/command-line";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 120_000 });

const access = { FREEHOLD_URL: "http://127.0.0.1:9", FREEHOLD_SERVICE_KEY: "fhs_1234567890" };
const upstream = ["--upstream", "http://127.0.0.1:9", "--audience", "students"];

test.each([
  ["no upstream", [], access, "Give --upstream with --audience, or --route."],
  ["no audience", upstream.slice(0, 2), access, "Name the upstream's service with --audience"],
  [
    "an upstream with a path",
    ["--upstream", "http://127.0.0.1:9/x", "--audience", "s"],
    access,
    "An upstream has no path",
  ],
  ["a route that is none", ["--route", "students"], access, "A route is /prefix=http://host:port@service."],
  [
    "the same prefix twice",
    [...upstream, "--route", "/=http://127.0.0.1:9@x"],
    access,
    "Two routes have the same prefix.",
  ],
  ["a preset that is none", [...upstream, "--preset", "x"], access, "--preset is one of sharedDb"],
  [
    "one tenant without its name",
    [...upstream, "--preset", "dedicatedSingleTenant"],
    access,
    "needs --tenant",
  ],
  ["everybody as a hop", [...upstream, "--trusted-hop", "0.0.0.0/0"], access, "trusts everybody"],
  ["no address of Freehold", upstream, { FREEHOLD_SERVICE_KEY: "fhs_x" }, "Set FREEHOLD_URL"],
  ["no key", upstream, { FREEHOLD_URL: "http://127.0.0.1:9" }, "Set FREEHOLD_SERVICE_KEY"],
])("%s is a sentence", async (_, args, env, sentence) => {
  const { code, stderr } = await runCommand(["gateway", ...args], env);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("Something went wrong");
  expect(code).toBe(1);
});

test("it lives without Freehold, is not ready, and ends with 0", async () => {
  const [port, adminPort] = await Promise.all([freePort(), freePort()]);
  const ports = ["--port", String(port), "--admin-port", String(adminPort), "--grace", "0"];
  const gateway = startCommand(["gateway", ...upstream, ...ports], access);
  const health = (name: string) =>
    fetch(`http://127.0.0.1:${adminPort}/health/${name}`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(() => health("live"), { timeout: 60_000 }).toBe(200);
  expect(await health("ready")).toBe(503);
  expect(await gateway.stop()).toBe(0);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
