import { and, asc, desc, gt, gte, lt, lte, or, sql, type SQL, type Subquery } from "drizzle-orm";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import { z } from "zod";
import type { Db } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

type Key = [value: string | number, id: string];

export interface PageRequest {
  order: "asc" | "desc";
  limit: number;
  cursor?: string | undefined;
}

export interface Page<Row> {
  items: Row[];
  /** Cursors for the pages around this one; null at an end. */
  next: string | null;
  previous: string | null;
  /** How many there are in all, counted up to `countLimit`. */
  total: number;
}

/** Counting stops here: the console shows "10,000+". */
export const countLimit = 10_000;

function encode(direction: "next" | "previous", key: Key): string {
  return Buffer.from(JSON.stringify([direction, ...key])).toString("base64url");
}

const Cursor = z.tuple([z.enum(["next", "previous"]), z.union([z.string(), z.number()]), z.string()]);

function decode(cursor: string): { direction: "next" | "previous"; key: Key } {
  const parsed = Cursor.safeParse(jsonIn(cursor));
  if (!parsed.success) {
    throw new DomainError("invalid", "This page address is damaged. Start again from the first page.", {
      field: "cursor",
    });
  }
  const [direction, value, id] = parsed.data;
  return { direction, key: [value, id] };
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}

type Columns = readonly [sort: SQL, id: SQL];

// The sort value alone comes first in both, so that an index over it finds the place.
function above([sort, id]: Columns, beyond: typeof gt, [value, own]: Key): SQL | undefined {
  return and(gte(sort, value), or(gt(sort, value), beyond(id, own)));
}

function below([sort, id]: Columns, beyond: typeof lt, [value, own]: Key): SQL | undefined {
  return and(lte(sort, value), or(lt(sort, value), beyond(id, own)));
}

/**
 * Keyset paging over (sort value, id): pages cost the same however deep they are, and
 * rows that come or go never shift one. Fetch `limit` rows with `where` and `orderBy`,
 * then let `page` cut the extra row and make the cursors. `passed` holds for every row
 * that `where` does not: together they are the whole list.
 */
export function keyset(sort: SQL, id: SQL, request: PageRequest) {
  const from = request.cursor === undefined ? null : decode(request.cursor);
  const backwards = from?.direction === "previous";
  const ascending = (request.order === "asc") !== backwards;
  const direction = ascending ? asc : desc;
  const key = [sort, id] as const;
  return {
    where: from ? (ascending ? above(key, gt, from.key) : below(key, lt, from.key)) : undefined,
    passed: from ? (ascending ? below(key, lte, from.key) : above(key, gte, from.key)) : sql`false`,
    direction,
    orderBy: [direction(sort), direction(id)] as const,
    limit: request.limit + 1,
    page<Row>(rows: Row[], keyOf: (row: Row) => Key, total: number): Page<Row> {
      const more = rows.length > request.limit;
      const items = more ? rows.slice(0, request.limit) : rows;
      if (backwards) items.reverse();
      const first = items[0];
      const last = items.at(-1);
      const hasNext = backwards ? from !== null : more;
      const hasPrevious = backwards ? more : from !== null;
      return {
        items,
        next: hasNext && last ? encode("next", keyOf(last)) : null,
        previous: hasPrevious && first ? encode("previous", keyOf(first)) : null,
        total,
      };
    },
  };
}

interface Matching {
  limit(most: number): { as(alias: "matching"): Subquery };
}

/**
 * Reads a page and counts the whole list, in one round trip: `rows` with the `where`,
 * `orderBy` and `limit` of the page, `matching` without them.
 */
export async function readPage<Row>(
  db: Db,
  page: ReturnType<typeof keyset>,
  list: { rows: RunnableQuery<Row[], "sqlite">; matching: Matching; keyOf: (row: Row) => Key },
): Promise<Page<Row>> {
  const counting = db
    .select({ total: sql<number>`count(*)` })
    .from(list.matching.limit(countLimit + 1).as("matching"));
  const [rows, counted] = await db.batch([list.rows, counting]);
  return page.page(rows, list.keyOf, counted[0]?.total ?? 0);
}

/** The same for rows that carry what they are sorted by, which is taken off them again. */
export async function readSortedPage<Row extends { id: string; sortKey: string | number }>(
  db: Db,
  page: ReturnType<typeof keyset>,
  list: { rows: RunnableQuery<Row[], "sqlite">; matching: Matching },
): Promise<Page<Omit<Row, "sortKey">>> {
  const found = await readPage(db, page, { ...list, keyOf: (row) => [row.sortKey, row.id] });
  return { ...found, items: found.items.map(({ sortKey: _, ...row }) => row) };
}

/** What `matching` selects: that there is a row, and nothing of it. */
export const oneEach = { one: sql`1`.as("one") };

/**
 * Finds `text` anywhere, with its wildcards taken literally. LIKE itself takes ASCII letters
 * of either case for the same; `lower()` around a column only pays where an index has it.
 */
export function containing(column: SQL, text: string): SQL {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${column} like ${pattern} escape '\\'`;
}
