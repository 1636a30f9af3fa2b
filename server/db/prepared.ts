import { fillPlaceholders, getTableColumns, sql, type Column, type Query, type SQL } from "drizzle-orm";
import type { SQLiteInsertValue, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Tx } from "./client";

interface Buildable {
  toSQL(): Query;
}

/** A query that drizzle takes as it stands. */
const built = (query: Query): SQL => Object.assign(sql.empty(), { toQuery: () => query });

/**
 * A statement that is built at its first use and kept: building one costs more than running
 * it. `build` puts a slot where calls differ, and a call fills the slots: run the result in `tx`.
 */
export function prepared<Slot extends string>(
  build: (tx: Tx, slot: (name: Slot) => SQL) => Buildable,
): (tx: Tx, values: Record<Slot, unknown>) => SQL {
  let query: Query | undefined;
  return (tx, values) => {
    query ??= build(tx, (name) => sql`${sql.placeholder(name)}`).toSQL();
    return built({ sql: query.sql, params: fillPlaceholders(query.params, values) });
  };
}

type Row<Table extends SQLiteTable, Fixed extends string> = Omit<Table["$inferInsert"], Fixed>;

const asRow = <Table extends SQLiteTable>(values: Record<string, SQL>) => values as SQLiteInsertValue<Table>;
const asRecord = (row: object) => row as Record<string, unknown>;

interface Options<Table extends SQLiteTable, Fixed extends string> {
  /** Columns that get the same expression in every row; without parameters. */
  fixed?: Record<Fixed, SQL>;
  /** What comes after the values, such as `on conflict`. */
  finish?: (insert: ReturnType<typeof insertRows<Table>>) => Buildable;
}

/** Inserts rows into one table, by a statement that is built once for each number of rows. */
export function insertion<Table extends SQLiteTable, Fixed extends string = never>(
  table: Table,
  { fixed, finish = (insert) => insert }: Options<Table, Fixed> = {},
): (tx: Tx, ...rows: Row<Table, Fixed>[]) => Promise<void> {
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => !(fixed && name in fixed));
  const slots = Object.fromEntries(columns.map(([name]) => [name, sql`${sql.placeholder(name)}`]));
  const texts = new Map<number, string>();

  function textFor(tx: Tx, count: number): string {
    const known = texts.get(count);
    if (known !== undefined) return known;
    const row = asRow<Table>({ ...slots, ...fixed });
    const text = finish(insertRows(tx, table, Array<typeof row>(count).fill(row))).toSQL().sql;
    texts.set(count, text);
    return text;
  }

  return async (tx, ...rows) => {
    const params = rows.flatMap((row) =>
      columns.map(([name, column]) => driverValue(column, asRecord(row)[name])),
    );
    await tx.run(built({ sql: textFor(tx, rows.length), params }));
  };
}

const insertRows = <Table extends SQLiteTable>(tx: Tx, table: Table, rows: SQLiteInsertValue<Table>[]) =>
  tx.insert(table).values(rows);

/** What the driver gets for a value of drizzle's; the column's default where there is none. */
function driverValue(column: Column, value: unknown): unknown {
  const given = value === undefined ? (column.default ?? null) : value;
  return given === null ? null : column.mapToDriverValue(given);
}
