import { InvalidArgumentError, Option, type Command } from "commander";
import { z } from "zod";
import { mostRows, mostStorageMb } from "@/server/domain/environments/names";
import { Held } from "./answers";
import { connect } from "./client";
import { getEnvironmentId } from "./place";
import { note, print, printFacts, printJson, size } from "./print";

/** `limits`: what an environment may hold, to see and to set. */
export function addEnvironmentLimits(env: Command): void {
  env
    .command("limits [environment]")
    .description("show what an environment may hold and holds, or set it; for operators, members or not")
    .addOption(
      new Option("--storage-mb <count>", "the most MB that it may take").argParser(upTo(mostStorageMb)),
    )
    .addOption(
      new Option("--rows <count>", "the most rows in its pool, or none").argParser((text) =>
        text === "none" ? text : upTo(mostRows)(text),
      ),
    )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nWhere you are no member, name the environment by its id.\n\nExample:\n  freehold env limits acme/prod --rows 500000",
    )
    .action(limits);
}

const upTo =
  (most: number) =>
  (text: string): number => {
    const count = /^\d{1,13}$/.test(text) ? Number(text) : 0;
    if (count < 1 || count > most)
      throw new InvalidArgumentError(`Give a whole number from 1 to ${most.toLocaleString("en")}.`);
    return count;
  };

const Limits = Held.extend({ slug: z.string(), organization: z.string() });

interface LimitsOptions {
  storageMb?: number;
  rows?: number | "none";
  json?: boolean;
}

async function limits(named: string | undefined, options: LimitsOptions): Promise<void> {
  const client = connect();
  const path = `/environments/${await getEnvironmentId(client, named)}/limits`;
  const { storageMb, rows } = options;
  const isChange = storageMb !== undefined || rows !== undefined;
  const answer = isChange
    ? await client.send("PATCH", path, {
        storage_limit_mb: storageMb,
        row_limit: rows === "none" ? null : rows,
      })
    : await client.get(path);
  if (options.json) return printJson(answer);
  const held = Limits.parse(answer);
  if (isChange) print(`The limits of ${held.organization}/${held.slug} are set.`);
  printFacts({ Environment: `${held.organization}/${held.slug}`, ...factsOfHeld(held) });
  if (held.is_over_limit)
    note("It was over its limit when its pool last looked: writes are refused until it is back within.");
}

/** Use beside the limit, as facts. */
export function factsOfHeld(held: Held): Record<string, string> {
  const { storage_used_bytes: used, storage_limit_mb: mb, row_limit: most, row_count: rows } = held;
  return {
    Storage: `${size(used)} of ${size(mb * 1024 * 1024)}`,
    Rows: held.isolation === "shared" ? rowsOf(rows, most) : "",
    "Over its limit": held.is_over_limit ? "reads go on, writes are refused" : "",
  };
}

function rowsOf(rows: number | null, most: number | null): string {
  const counted = rows === null ? "not counted yet" : count(rows);
  if (most === null) return `${counted}, no limit`;
  return rows === null ? `${counted}, at most ${count(most)}` : `${counted} of ${count(most)}`;
}

const count = (rows: number) => rows.toLocaleString("en");
