import autocannon from "autocannon";
import { startGatewayPrograms, type GatewayPrograms } from "./gateway-world";
import { judge, summarize, type Result } from "./measure";

const goal = 0.7;
const connections = 32;

/** Requests per second through the gateway, against the proxy library by itself before the same service. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const [rounds, seconds] = quick ? [3, 2] : [8, 4];
  const programs = await startGatewayPrograms();
  const measured: Record<Name, number[]> = { bare: [], gateway: [], bareOnce: [], gatewayOnce: [] };
  const names: Name[] = ["bare", "gateway", "bareOnce", "gatewayOnce"];
  try {
    for (const name of names) await load(programs, name, 2);
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? names : names.toReversed();
      for (const name of order) measured[name].push(await load(programs, name, seconds));
    }
  } finally {
    programs.stop();
  }
  const median = (name: Name) => summarize(measured[name]).p50;
  const [value, limit] = [median("gateway"), median("bare")];
  return judge({
    metric: "requests per second through the gateway",
    value,
    limit,
    goal,
    moreIsBetter: true,
    conditions: {
      rounds,
      seconds,
      connections,
      tenants: programs.tokens.length,
      paths: "one for each tenant, again and again",
      no_path_twice: {
        gateway: median("gatewayOnce"),
        bare: median("bareOnce"),
        ratio: median("gatewayOnce") / median("bareOnce"),
      },
      reference:
        "fastify with @fastify/http-proxy and no hook, in turns, all in processes of their own on one machine",
    },
  });
}

/** `Once`: no path is asked for twice, so that each request is signed. */
type Name = "bare" | "gateway" | "bareOnce" | "gatewayOnce";

/** Requests per second. */
async function load(programs: GatewayPrograms, name: Name, seconds: number): Promise<number> {
  const isOnce = name.endsWith("Once");
  const requests = programs.tokens.map((token, n) => ({
    method: "GET" as const,
    path: isOnce ? "/items/[<id>]" : `/items/${n}?page=${n}`,
    headers: { authorization: `Bearer ${token}` },
  }));
  const url = name.startsWith("bare") ? programs.bare : programs.gateway;
  const result = await autocannon({ url, connections, duration: seconds, requests, idReplacement: isOnce });
  if (result.non2xx + result.errors + result.timeouts > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} errors, ${result.timeouts} timeouts.`);
  return result.requests.total / result.duration;
}
