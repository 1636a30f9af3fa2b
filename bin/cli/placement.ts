import { Option, type Command } from "commander";
import { z } from "zod";
import { driverKinds } from "@/server/domain/clusters/names";
import { isolations } from "@/server/domain/placement/names";
import { environmentTypes } from "@/server/domain/environments/names";
import { tiers } from "@/server/domain/organizations/names";
import { placementPresets } from "@/server/domain/placement/names";
import { PlacementStep } from "./answers";
import { connect } from "./client";
import { addPlacementRules, readPolicy, type Policy } from "./placement-rules";
import { printSteps } from "./placement-steps";
import { print, printFacts, printJson, printTable } from "./print";
import { Refused } from "./refused";

export function addPlacement(program: Command): void {
  const placement = program.command("placement").description("where new databases land; for operators");
  placement
    .command("show")
    .description("show the preset and the rules in their order")
    .option("--json", "print JSON")
    .action(show);
  placement
    .command("try")
    .description("say where such an environment would land, and why; exit code 1 when nowhere")
    .requiredOption("--region <region>", "the region that is asked for")
    .addOption(new Option("--tier <tier>", "of an organization of this tier").choices(tiers))
    .addOption(new Option("--type <type>", "the environment's type").choices(environmentTypes))
    .option("--residency <region>", "the organization's fence")
    .addOption(new Option("--driver <driver>", "what it asks for").choices(driverKinds))
    .addOption(
      new Option("--isolation <kind>", "a database of its own, or rows in a pool").choices(isolations),
    )
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold placement try --region eu-west --tier premium")
    .action(tryOut);
  placement
    .command("preset <preset>")
    .description(`choose how a home is found when no rule decides: ${placementPresets.join(", ")}`)
    .option("--json", "print JSON")
    .action(choose);
  addPlacementRules(placement);
}

async function show(options: { json?: boolean }): Promise<void> {
  const client = connect();
  if (options.json) {
    printJson(await client.get("/fleet/placement"));
    return;
  }
  const { preset, rules } = await readPolicy(client);
  printFacts({ Preset: preset });
  if (rules.length === 0) return;
  print("");
  printTable(
    ["", "RULE", "FOR", "LEADS TO", "", "ID"],
    rules.map((rule, index) => [
      String(index + 1),
      rule.name,
      conditionsOf(rule),
      `${rule.isolation === "shared" ? "a pool on " : ""}${rule.cluster?.slug ?? `any ${rule.driver ?? ""}`}`,
      rule.is_enabled ? "" : "off",
      rule.id,
    ]),
  );
}

function conditionsOf({ tier, env_type, region, fenced }: Policy["rules"][number]): string {
  const fence = fenced === null ? null : fenced ? "fenced" : "not fenced";
  return [tier, env_type, region, fence].filter((one) => one !== null).join(", ") || "everything";
}

interface TryOptions {
  region: string;
  tier?: string;
  type?: string;
  residency?: string;
  driver?: string;
  isolation?: string;
  json?: boolean;
}

const Tried = z.object({
  cluster: z.object({ slug: z.string(), driver: z.string(), region: z.string() }).nullable(),
  pool: z.object({ slug: z.string() }).nullable(),
  refusal: z.string().nullable(),
  steps: z.array(PlacementStep),
});

async function tryOut(options: TryOptions): Promise<void> {
  const { region, tier, type, residency, driver, isolation } = options;
  const answer = await connect().get("/fleet/placement/try", {
    region,
    tier,
    env_type: type,
    residency,
    driver,
    isolation,
  });
  const { cluster, pool, refusal, steps } = Tried.parse(answer);
  if (options.json) printJson(answer);
  else if (steps.length > 0) printSteps(steps);
  if (!cluster) throw new Refused(refusal ?? "It would land nowhere.");
  if (options.json) return;
  const where = pool ? `in the pool ${pool.slug} on ${cluster.slug}` : `on ${cluster.slug}`;
  print(`It would land ${where} (${cluster.driver}, ${cluster.region}).`);
}

async function choose(preset: string, options: { json?: boolean }): Promise<void> {
  const answer = await connect().send("PUT", "/fleet/placement/preset", { preset });
  if (options.json) printJson(answer);
  else print(`The preset is ${preset}. What is placed already stays where it is.`);
}
