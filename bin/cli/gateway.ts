import type { Command } from "commander";
import { readAccess, readSettings } from "@/server/gateway/settings";
import { Refused } from "./refused";

const collect = (value: string, before: string[] = []) => [...before, value];

const help = `
FREEHOLD_URL and FREEHOLD_SERVICE_KEY say where Freehold is and who the gateway is there: add it
as a service with the scopes connect, changes, sign and report.

Examples:
  freehold gateway --upstream http://10.0.0.5:4001 --audience student-service
  freehold gateway --route /students=http://10.0.0.5:4001@student-service \\
                   --route /assessments=http://10.0.0.6:4002@assessment-service

docs/GATEWAY.md says what it adds, removes and refuses.`;

export function addGateway(program: Command): void {
  program
    .command("gateway")
    .description("stand in front of services and say whose each request is, until SIGTERM")
    .option("--upstream <url>", "where all requests go")
    .option("--audience <service>", "the service there: what the gateway signs is for it alone")
    .option("--route <prefix=url@service>", "a service behind a path, several times", collect)
    .option("--port <number>", "where clients come to (8080)")
    .option("--host <address>", "the address to listen on (all)")
    .option("--admin-port <number>", "health and metrics (9090)")
    .option("--admin-host <address>", "the address for them (127.0.0.1)")
    .option("--name <service>", "the gateway's own service in Freehold (gateway)")
    .option("--issuer <url>", "who issues the tokens, when Freehold names itself otherwise (FREEHOLD_URL)")
    .option("--preset <name>", "how the tenant is found (districtService)")
    .option("--tenant <id>", "the one tenant of an installation that has one")
    .option(
      "--token-audience <service>",
      "tokens that are taken beside the gateway's and the service's, several times",
      collect,
    )
    .option("--shared-host <host>", "a host that all tenants share, several times", collect)
    .option(
      "--cors-origin <origin>",
      "where scripts in browsers may call from, such as https://app.example.com, several times",
      collect,
    )
    .option(
      "--trusted-hop <network>",
      "who stands in front of the gateway, such as 10.0.0.0/8, several times",
      collect,
    )
    .option("--host-header <whose>", "what upstreams see as Host: upstream or client (upstream)")
    .option("--max-body <MiB>", "the longest body that is taken (10)")
    .option("--head-timeout <seconds>", "how long the head of a request may take (10)")
    .option("--upstream-timeout <seconds>", "how long an upstream may think (30)")
    .option("--grace <seconds>", "how long it serves on after SIGTERM, not ready (5)")
    .option("--drain <seconds>", "how long open requests have after that (30)")
    .option("--metrics-tenants <count>", "name so many tenants in the metrics (0)")
    .addHelpText("after", help)
    .action(serve);
}

async function serve(options: Record<string, unknown>): Promise<void> {
  const [{ startGateway }, { connectFreehold }, { logger }] = await Promise.all([
    import("@/server/gateway/gateway"),
    import("@/server/gateway/connect-freehold"),
    import("@/server/kernel/logger"),
  ]);
  const { settings, means } = refusing(() => {
    const read = readSettings(options);
    return { settings: read, means: connectFreehold(read, readAccess(process.env)) };
  });
  const ending = new Promise<string>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(signal));
  });
  const gateway = await startGateway(settings, means);
  logger.info({ port: gateway.port, admin: gateway.adminPort }, "gateway started");
  const signal = await ending;
  logger.info({ signal }, "gateway is draining");
  await gateway.close();
}

/** What is wrong with the options or the surroundings is told as it is. */
function refusing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Error ? new Refused(error.message) : error;
  }
}
