import { Agent, request as send } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { startGatewayPrograms } from "./gateway-world";
import { judge, summarize, throughput, type Result } from "./measure";

const longestMs = 2;
const concurrency = 16;

// Turns are short, so that what else the machine does falls on both alike.
const turnMs = 500;

/** What the gateway adds to the slowest hundredth of requests at half of what it can take. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 12 : 60;
  const programs = await startGatewayPrograms();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const measured: Measured = { bare: [], gateway: [] };
  let turn = 0;
  const ask = (url: string) => () => {
    turn = (turn + 1) % programs.tokens.length;
    return get(agent, `${url}/items/${turn}?page=${turn}`, programs.tokens[turn] ?? "");
  };
  try {
    for (const name of ["bare", "gateway"] as const)
      await throughput(5_000, concurrency, ask(programs[name]));
    const full = await throughput(quick ? 5_000 : 20_000, concurrency, ask(programs.gateway));
    const perSecond = Math.floor(full / 2);
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? (["bare", "gateway"] as const) : (["gateway", "bare"] as const);
      for (const name of order) measured[name].push(await atPace(ask(programs[name]), perSecond));
    }
    return resultOf(measured, { rounds, turn_ms: turnMs, per_second: perSecond, full });
  } finally {
    agent.destroy();
    programs.stop();
  }
}

/** Of each turn, how long its requests took, in milliseconds. */
type Measured = Record<"bare" | "gateway", number[][]>;

function resultOf(measured: Measured, conditions: Record<string, unknown>): Result {
  const ofTurns = (name: keyof Measured, p: number) => measured[name].map((turn) => quantile(turn, p));
  const at = (p: number) => ({ gateway: median(ofTurns("gateway", p)), bare: median(ofTurns("bare", p)) });
  const bare = ofTurns("bare", 0.99);
  const value = median(ofTurns("gateway", 0.99).map((p99, round) => p99 - (bare[round] ?? 0)));
  return judge({
    metric: "added p99 at half load (ms)",
    value,
    limit: longestMs,
    conditions: {
      ...conditions,
      p50: at(0.5),
      p99: at(0.99),
      of: "the median over the turns; what is added, of each turn against the one beside it",
      reference: "fastify with @fastify/http-proxy and no hook at the same pace, in turns, on one machine",
    },
  });
}

/** Sends requests at an even pace for one turn, whether answers come or not. */
async function atPace(ask: () => Promise<void>, perSecond: number): Promise<number[]> {
  const samples: number[] = [];
  const whole = Math.floor((perSecond * turnMs) / 1000);
  const underWay: Promise<void>[] = [];
  const started = performance.now();
  while (underWay.length < whole) {
    const due = Math.min(whole, Math.floor(((performance.now() - started) / 1000) * perSecond));
    while (underWay.length < due) {
      const at = performance.now();
      underWay.push(ask().then(() => void samples.push(performance.now() - at)));
    }
    await wait(1);
  }
  await Promise.all(underWay);
  return samples;
}

function get(agent: Agent, url: string, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = send(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.once("error", reject).once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`It answered ${response.statusCode}.`));
      });
      response.resume();
    });
    sent.once("error", reject).end();
  });
}

const median = (samples: number[]) => summarize(samples).p50;

const quantile = (samples: number[], p: number) =>
  samples.toSorted((a, b) => a - b)[Math.ceil(samples.length * p) - 1] ?? Number.NaN;
