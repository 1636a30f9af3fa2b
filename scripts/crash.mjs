// Kills a server process at every step boundary, on files and on Postgres, and proves that the next life makes it whole.
// node scripts/crash.mjs [--rounds 26] [--seed 1] [--only saga.]   Last line: "N passed, N failed".
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { boundaries } from "./crash/boundaries.mjs";
import { endLeases, lostAcknowledgements, secretsInClear } from "./crash/oracle.mjs";
import { runLife, runZombie } from "./crash/life.mjs";
import { startPostgres } from "./crash/postgres.mjs";
import { serverIsBuilt, runServerRound } from "./crash/server.mjs";
import { onNode24 } from "./node24.mjs";

await onNode24();
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "26" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string", default: "" },
  },
});
const rounds = Number(values.rounds);
const random = generator(Number(values.seed));
const pointsOf = (driver) => shuffled(boundaries[driver].filter((point) => point.startsWith(values.only)));
const points = { sqlite: pointsOf("sqlite"), postgres: pointsOf("postgres") };
const built = serverIsBuilt();
const started = Date.now();
const tally = { passed: 0, failed: 0, kills: 0 };

/** The same numbers for the same seed (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(list) {
  return list
    .map((item) => [random(), item])
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** What each round does is drawn before the first begins, so that a seed means the same run however fast it goes. */
const plans = Array.from({ length: rounds }, (_, n) => {
  const driver = n % 4 === 1 ? "postgres" : "sqlite";
  const choice = points[driver];
  return {
    n,
    driver,
    point: choice[n % choice.length],
    again: n % 3 === 2 ? choice[Math.floor(random() * choice.length)] : null,
    waitForLease: n % 8 === 5,
    zombieAfterMs: n % 8 === 3 || n % 16 === 9 ? 400 + Math.floor(random() * 500) : null,
    restartAfterMs: driver === "postgres" && n % 8 === 1 ? 500 + Math.floor(random() * 2000) : null,
    server: built && n % 8 === 7,
  };
});
const postgres = plans.some(({ driver }) => driver === "postgres") ? await startPostgres() : null;

async function runPlan(plan) {
  const directory = mkdtempSync(join(tmpdir(), "freehold-crash-"));
  const problems = await (plan.server ? runServed(directory, plan) : runChildRound(directory, plan));
  if (problems.length === 0) {
    tally.passed++;
    rmSync(directory, { recursive: true, force: true });
    return;
  }
  tally.failed++;
  console.log(`round ${plan.n} of seed ${values.seed} failed: ${describe(plan)} in ${directory}`);
  for (const problem of problems) console.log(`  ${problem}`);
}

const describe = ({ point, again, zombieAfterMs, server, driver }) =>
  zombieAfterMs === null || server
    ? `${server ? "server" : driver}, killed at ${point}${again ? `, then at ${again}` : ""}`
    : `${driver}, asleep after ${zombieAfterMs} ms`;

async function runServed(directory, plan) {
  const { problems, kills } = await runServerRound(directory, plan);
  tally.kills += kills;
  return problems;
}

async function runChildRound(directory, plan) {
  const place = { driver: plan.driver, postgresUrl: postgres?.url };
  if (plan.restartAfterMs !== null) setTimeout(() => postgres.restart(), plan.restartAfterMs);
  if (plan.zombieAfterMs !== null)
    return judge(directory, await runZombie(directory, plan.zombieAfterMs, place));
  const lives = [];
  for (const point of [plan.point, plan.again].filter(Boolean)) {
    const life = await runLife(directory, point, place);
    lives.push(life);
    if (life.signal === "SIGKILL") tally.kills++;
    else if (life.code !== 0) return [`it ended by itself with ${life.code}: ${life.stderr.slice(-2000)}`];
    if (!plan.waitForLease) endLeases(directory);
  }
  lives.push(await runLife(directory, null, place));
  return judge(directory, lives);
}

/** The last life must reach the end; nothing that any life acknowledged may be lost, no secret may lie about. */
function judge(directory, lives) {
  const last = lives.at(-1);
  const problems = last.lines.filter((line) => line.startsWith("violation "));
  if (last.code !== 0 || !last.lines.includes("done"))
    problems.push(`recovery ended with ${last.code ?? last.signal}: ${last.stderr.slice(-2000)}`);
  const lines = lives.flatMap((life) => life.lines);
  return [...problems, ...lostAcknowledgements(directory, lines), ...secretsInClear(directory, lives)];
}

const queue = [...plans];
async function work() {
  for (let plan = queue.shift(); plan; plan = queue.shift()) await runPlan(plan);
}
console.log(
  `${rounds} rounds, seed ${values.seed}, ${points.sqlite.length} boundaries on files, ${points.postgres.length} on Postgres${built ? "" : "; no build, so without the real server"}`,
);
await Promise.all([work(), work()]);
await postgres?.stop();
const minutes = (Date.now() - started) / 60_000;
console.log(`${tally.kills} kills, ${Math.round(rounds / minutes)} rounds a minute`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
