import { and, asc, desc, gt, lt, or, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
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

/**
 * Keyset paging over (sort value, id): pages cost the same however deep they are, and
 * rows that come or go never shift one. Fetch `limit` rows with `where` and `orderBy`,
 * then let `page` cut the extra row and make the cursors.
 */
export function keyset(sort: SQL, id: SQL, request: PageRequest) {
  const from = request.cursor === undefined ? null : decode(request.cursor);
  const backwards = from?.direction === "previous";
  const ascending = (request.order === "asc") !== backwards;
  const beyond = ascending ? gt : lt;
  const direction = ascending ? asc : desc;
  const where = from
    ? and(
        ascending ? sql`${sort} >= ${from.key[0]}` : sql`${sort} <= ${from.key[0]}`,
        or(beyond(sort, from.key[0]), beyond(id, from.key[1])),
      )
    : undefined;
  return {
    where,
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

/**
 * Finds `text` anywhere, with its wildcards taken literally. LIKE itself takes ASCII letters
 * of either case for the same; `lower()` around a column only pays where an index has it.
 */
export function containing(column: SQL, text: string): SQL {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${column} like ${pattern} escape '\\'`;
}
