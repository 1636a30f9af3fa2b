import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import type { APIRequestContext } from "@playwright/test";
import { z } from "zod";
import { freePort } from "./free-port";

const password = "correct horse battery";
const environments = 30;
const startWithinMs = 60_000;

const Created = z.object({
  result: z.object({ data: z.object({ json: z.object({ organization: z.object({ slug: z.string() }) }) }) }),
});

export interface BuiltConsole {
  baseURL: string;
  server: ChildProcess;
}

/** The console as it is built and started, on a port of its own, with the data directory of the benchmark; `preload` runs in it first. */
export async function startConsole(preload?: string): Promise<BuiltConsole> {
  const port = await freePort();
  const baseURL = `http://localhost:${port}`;
  const imported = preload ? ["--import", preload] : [];
  const server = spawn(process.execPath, [...imported, "scripts/start.mjs"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      FREEHOLD_BASE_URL: baseURL,
      FREEHOLD_DATA_SERVER: "off",
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await untilLive(baseURL, server);
  return { baseURL, server };
}

async function untilLive(baseURL: string, server: ChildProcess): Promise<void> {
  const patientUntil = performance.now() + startWithinMs;
  while (server.exitCode === null && performance.now() < patientUntil) {
    const response = await fetch(`${baseURL}/api/health/live`).catch(() => null);
    if (response?.ok) return;
    await wait(100);
  }
  server.kill("SIGKILL");
  throw new Error("The server did not start. Build it first.");
}

/** An account with an organization that fills a page of the list; gives its slug. */
export async function furnish(request: APIRequestContext, baseURL: string): Promise<string> {
  const post = async (path: string, data: unknown): Promise<unknown> => {
    const response = await request.post(path, { headers: { origin: baseURL }, data });
    if (!response.ok()) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  await post("/api/auth/sign-up/email", { name: "Ann", email: "ann@example.test", password });
  const created = Created.parse(await post("/api/trpc/organizations.create", { json: { name: "Acme" } }));
  const { slug: organization } = created.result.data.json.organization;
  for (let turn = 1; turn < environments; turn++) {
    const environment = {
      organization,
      name: `Environment ${turn}`,
      slug: `environment-${turn}`,
      envType: "test",
    };
    await post("/api/trpc/environments.create", { json: environment });
  }
  return organization;
}
