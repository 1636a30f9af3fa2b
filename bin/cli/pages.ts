import { InvalidArgumentError, type Command } from "commander";
import { z } from "zod";
import type { Client } from "./client";
import { note, print, printJson, printTable } from "./print";

export interface ListOptions {
  limit: number;
  search?: string;
  json?: boolean;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("Give a number from 1 to 999999.");
  return Number(text);
}

/** The options of every list. */
export function withListOptions(command: Command): Command {
  return command
    .option("--search <text>", "only what has this text in it")
    .option("--limit <count>", "how many at most", count, 100)
    .option("--json", "print JSON");
}

export interface Shown<Row> {
  row: z.ZodType<Row>;
  head: string[];
  cells: (row: Row) => string[];
  /** Said when there is nothing to show, whatever was looked for; of the last page that was read, where that matters. */
  empty: string | ((page: unknown) => string);
}

export interface Source {
  path: string;
  query: Record<string, string | undefined>;
}

/** Reads as many pages as it takes and prints them: a table for people, the whole items for programs. */
export async function printList<Row>(
  client: Client,
  source: Source,
  options: ListOptions,
  shown: Shown<Row>,
): Promise<void> {
  const { items, total, page } = await readPages(client, source, options);
  if (options.json) {
    printJson(items);
    return;
  }
  if (items.length === 0) print(typeof shown.empty === "string" ? shown.empty : shown.empty(page));
  else
    printTable(
      shown.head,
      items.map((item) => shown.cells(shown.row.parse(item))),
    );
  if (items.length < total)
    note(
      `${items.length} of ${total > 10_000 ? "more than 10,000" : total} shown. Ask for more with --limit, or for less with --search.`,
    );
}

/** Everything of a list, for a command that looks for one thing in it. */
export async function readAll<Row>(
  client: Client,
  source: Source,
  row: z.ZodType<Row>,
  search?: string,
): Promise<Row[]> {
  const options = { limit: mostLooked, ...(search === undefined ? {} : { search }) };
  const { items } = await readPages(client, source, options);
  return items.map((item) => row.parse(item));
}

const mostLooked = 10_000;
const Page = z.object({ items: z.array(z.unknown()), next: z.string().nullable(), total: z.number() });

async function readPages(
  client: Client,
  source: Source,
  options: ListOptions,
): Promise<{ items: unknown[]; total: number; page: unknown }> {
  const items: unknown[] = [];
  let cursor: string | undefined;
  for (;;) {
    const limit = Math.min(100, options.limit - items.length);
    const answer = await client.get(source.path, {
      ...source.query,
      search: options.search,
      limit,
      cursor,
    });
    const page = Page.parse(answer);
    items.push(...page.items);
    if (page.next === null || items.length >= options.limit)
      return { items, total: page.total, page: answer };
    cursor = page.next;
  }
}
