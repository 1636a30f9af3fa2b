import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { request, type APIRequestContext } from "@playwright/test";
import { z } from "zod";
import { paths } from "@/components/paths";
import { furnish, startConsole } from "./built-console";
import { judge, type Result } from "./measure";

const most = 3;
/** An identity is kept for two seconds. */
const forgottenMs = 2100;

const Told = z.object({ path: z.string(), roundTrips: z.number() });

/** What each page of the built console asks the control plane, `cold` when it must look the session up too. */
export async function run(): Promise<Result> {
  const { baseURL, server } = await startConsole("./bench/count-reads.js");
  const visitor = await request.newContext({ baseURL });
  try {
    const organization = await furnish(visitor, baseURL);
    const counts: Record<string, { warm: number; cold: number }> = {};
    for (const path of pagesOf(organization)) {
      // The first visit loads the page's code, and a slow one may find the session forgotten.
      let warm = await visit(server, visitor, path);
      for (let turn = 0; turn < 2; turn++) warm = Math.min(warm, await visit(server, visitor, path));
      await wait(forgottenMs);
      counts[path] = { warm, cold: await visit(server, visitor, path) };
    }
    const value = Math.max(...Object.values(counts).map(({ warm }) => warm));
    return judge({
      metric: "SQL round trips of a page for a known session, at most",
      value,
      limit: most,
      conditions: { pages: Object.keys(counts).length, counts },
    });
  } finally {
    await visitor.dispose();
    server.kill("SIGKILL");
  }
}

function pagesOf(organization: string): string[] {
  const environment = "prod";
  return [
    paths.account(),
    paths.apiKeys(),
    paths.operations(),
    paths.newOrganization(),
    ...[
      paths.organization,
      paths.environments,
      paths.newEnvironment,
      paths.members,
      paths.invitations,
      paths.audit,
      paths.organizationSettings,
    ].map((path) => path(organization)),
    ...[
      paths.environment,
      paths.database,
      paths.environmentMembers,
      paths.activity,
      paths.activityOperations,
      paths.environmentSettings,
    ].map((path) => path(organization, environment)),
    paths.fleet(),
    paths.fleetOrganizations(),
    paths.fleetOperations(),
    paths.fleetFindings(),
    paths.fleetSettings(),
  ];
}

async function visit(server: ChildProcess, visitor: APIRequestContext, path: string): Promise<number> {
  const told = new Promise<number>((resolve) => {
    const listen = (message: unknown) => {
      const { path: answered, roundTrips } = Told.parse(message);
      if (answered !== path) return;
      server.off("message", listen);
      resolve(roundTrips);
    };
    server.on("message", listen);
  });
  const response = await visitor.get(path, { maxRedirects: 0 });
  if (response.status() !== 200) throw new Error(`${path}: ${response.status()}`);
  return told;
}
