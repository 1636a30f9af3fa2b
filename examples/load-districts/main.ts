import { parseArgs } from "node:util";
import { Connections } from "@freehold/sdk/connections";
import { ControlPlaneStore } from "@freehold/sdk/stores/control-plane";
import { Freehold } from "./freehold";
import { loadStudents } from "./load";

const atOnce = 4;

const { values } = parseArgs({
  options: {
    organization: { type: "string", default: "acme" },
    pool: { type: "string" },
    districts: { type: "string", default: "100" },
    students: { type: "string", default: "5000" },
  },
});
const { FREEHOLD_URL: url = "http://localhost:3000", FREEHOLD_API_KEY, FREEHOLD_SERVICE_KEY } = process.env;

if (FREEHOLD_API_KEY && FREEHOLD_SERVICE_KEY) await run(FREEHOLD_API_KEY, FREEHOLD_SERVICE_KEY).catch(giveUp);
else giveUp(new Error("Set FREEHOLD_API_KEY and FREEHOLD_SERVICE_KEY."));

/** What was loaded stays; the same command goes on from there. */
function giveUp(error: Error): void {
  const isAway = error instanceof TypeError && error.cause !== undefined;
  process.stderr.write(isAway ? `Freehold does not answer at ${url}.\n` : `${error.message}\n`);
  process.exitCode = 1;
}

async function run(apiKey: string, serviceKey: string): Promise<void> {
  const freehold = new Freehold(url, apiKey);
  const numbers = Array.from({ length: wholeNumber(values.districts) }, (_, i) => i + 1);
  const students = wholeNumber(values.students);

  const onboarding = performance.now();
  const tenants = await inParallel(numbers, (n) => freehold.onboard(districtOf(n)));
  console.log(`${tenants.length} districts in ${secondsSince(onboarding).toFixed(1)} s.`);

  const store = new ControlPlaneStore({ url, key: serviceKey });
  const connections = new Connections(store, { searchPath: ["students"] });
  const loading = performance.now();
  const written = await inParallel(tenants, (tenant) =>
    connections.withDatabase(tenant, (database) => loadStudents(database, students)),
  );
  await connections.close();
  await store.close();
  const rows = written.reduce((sum, one) => sum + one, 0);
  const seconds = secondsSince(loading);
  console.log(`${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} a second.`);
}

function districtOf(n: number) {
  const number = String(n).padStart(3, "0");
  const { organization, pool } = values;
  return {
    organization,
    slug: `district-${number}`,
    name: `District ${number}`,
    isolation: "shared",
    pool,
  } as const;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error("--districts and --students take whole numbers.");
  return Number(text);
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

/** The results in the order of the items, a few of which are worked on at once. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  async function next(): Promise<void> {
    for (const [index, item] of rest) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: atOnce }, next));
  return results;
}
