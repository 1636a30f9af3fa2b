import type { SQLOutputValue } from "node:sqlite";
import { RequestError } from "@/server/data-server/request-error";
import type { Limits } from "@/server/data-server/access";
import type { Connection } from "./connection";
import { isBusy, isRefused } from "./errors";
import { bind, type Arguments } from "./parameters";
import { refuseMore, type Statement } from "./statement";
import { encodeValue } from "./values";

const pauseMs = 5;
const longestWaitMs = 500;
const never = new Int32Array(new SharedArrayBuffer(4));

/** What one request has used of its limits, and what became of it. */
export interface Meter {
  readonly limits: Limits;
  bytesLeft: number;
  /** Nothing has been done yet that doing again would do twice. */
  untouched: boolean;
  /** A statement ran that did more than read, so the file may have another size by now. */
  mayHaveGrown: boolean;
  /** The server may ask again, so nobody waits here as long as nothing has been done. */
  readonly mayAskAgain: boolean;
  /** Milliseconds that it may still wait for a writer. */
  patienceMs: number;
  /** Told before each statement. */
  beat(this: void): void;
}

export interface Query extends Arguments {
  sql: string;
  wantRows: boolean;
}

/** Takes a result as it comes: the columns once, then row by row, as JSON text. */
export interface Sink {
  columns(text: string): void;
  row(text: string): void;
}

export interface Effect {
  affected: bigint;
  rowid: bigint | null;
}

const noSink: Sink = { columns: () => {}, row: () => {} };

/** Thrown when a writer holds the database and the request can be asked again as it is. */
export const waitForWriter = new Error("A writer holds the database.");

/** Runs one statement. Rows go to the sink until a limit of the request is reached. */
export function runQuery(connection: Connection, query: Query, meter: Meter, sink: Sink): Effect {
  meter.beat();
  const statement = patiently(meter, () => connection.prepare(query.sql));
  refuseMore(query.sql, statement);
  return runStatement(connection, statement, { ...query, meter, sink });
}

/** Runs statement by statement, and stops at the first that fails. */
export function runSequence(connection: Connection, sql: string, meter: Meter): void {
  let rest = sql;
  const query: Query = { sql, args: [], named: new Map(), wantRows: false };
  while (rest.trim() !== "") {
    meter.beat();
    const text = rest;
    let statement: Statement;
    try {
      statement = patiently(meter, () => connection.prepare(text));
    } catch (error) {
      if (error instanceof RequestError && error.code === "SQL_NO_STATEMENT") return;
      throw error;
    }
    runStatement(connection, statement, { ...query, meter, sink: noSink });
    rest = rest.slice(statement.sql.length);
  }
}

interface Run extends Query {
  meter: Meter;
  sink: Sink;
}

function runStatement(connection: Connection, statement: Statement, run: Run): Effect {
  const { meter } = run;
  const bindings = bind(statement.parameters, run);
  patiently(meter, () => connection.prepareFor(statement));
  try {
    const isAtomic = !statement.writes || statement.columns.length === 0 || connection.isInTransaction();
    meter.mayHaveGrown ||= statement.writes || statement.columns.length === 0;
    patiently(meter, () =>
      isAtomic
        ? step(statement, bindings, run)
        : inTransaction(connection, () => step(statement, bindings, run)),
    );
    const effect = effectOf(connection, statement);
    connection.settle(statement, true);
    return effect;
  } catch (error) {
    connection.settle(statement, false);
    if (isRefused(error))
      throw new RequestError("SQLITE_AUTH", "A part of this statement is not allowed.", 403);
    throw error;
  }
}

/** A statement that changes rows and also gives some is undone when they are too many. */
function inTransaction(connection: Connection, work: () => void): void {
  run(connection, "BEGIN");
  try {
    work();
    run(connection, "COMMIT");
  } catch (error) {
    connection.rollback();
    throw error;
  }
}

const run = (connection: Connection, sql: string) => void connection.prepare(sql).prepared.run();

function step(statement: Statement, bindings: ReturnType<typeof bind>, { meter, sink, wantRows }: Run): void {
  if (statement.columns.length === 0) {
    statement.prepared.run(...bindings);
    begin(meter, sink, statement);
    return;
  }
  let rows = 0;
  try {
    for (const row of rowsOf(statement, bindings)) {
      if (rows === 0) begin(meter, sink, statement);
      rows += 1;
      if (!wantRows) continue;
      if (rows > meter.limits.rows) throw tooLarge(`more than ${meter.limits.rows} rows`);
      const text = encodeRow(row);
      take(meter, text.length);
      sink.row(text);
    }
  } catch (error) {
    end(statement);
    throw error;
  }
  if (rows === 0) begin(meter, sink, statement);
}

/** A statement that failed stays open, and would tell its next run the same error. Asking anew ends it. */
function end({ prepared }: Statement): void {
  try {
    prepared.iterate();
  } catch {
    // The error that is known.
  }
}

function begin(meter: Meter, sink: Sink, { columnsText }: Statement): void {
  meter.untouched = false;
  const text = columnsText();
  take(meter, text.length);
  sink.columns(text);
}

const asRows = (rows: unknown) => rows as Iterable<SQLOutputValue[]>;

const rowsOf = ({ prepared }: Statement, bindings: ReturnType<typeof bind>) =>
  asRows(prepared.iterate(...bindings));

function encodeRow(row: readonly SQLOutputValue[]): string {
  let text = "[";
  for (let index = 0; index < row.length; index++) text += (index === 0 ? "" : ",") + encodeValue(row[index]);
  return `${text}]`;
}

function take(meter: Meter, bytes: number): void {
  meter.bytesLeft -= bytes;
  if (meter.bytesLeft < 0) throw tooLarge(`more than ${meter.limits.resultBytes} bytes`);
}

const tooLarge = (what: string) =>
  new RequestError("RESPONSE_TOO_LARGE", `The result has ${what}. Ask for less, for example with LIMIT.`);

function effectOf(connection: Connection, { writes, schema }: Statement): Effect {
  if (!writes || schema) return { affected: 0n, rowid: null };
  const { changes, rowid } = connection.lastChange();
  return { affected: changes, rowid };
}

/**
 * Tries again while a writer holds the database. As long as nothing has been done, the server may
 * rather ask again later, and this executor is free for others meanwhile.
 */
function patiently<T>(meter: Meter, work: () => T): T {
  for (;;) {
    const { untouched } = meter;
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (untouched && meter.mayAskAgain) throw waitForWriter;
      if (untouched !== meter.untouched || meter.patienceMs <= 0) throw error;
      Atomics.wait(never, 0, 0, pauseMs);
      meter.patienceMs -= pauseMs;
    }
  }
}

export const createMeter = (limits: Limits, mayAskAgain: boolean, beat: () => void): Meter => ({
  limits,
  mayAskAgain,
  bytesLeft: limits.resultBytes,
  untouched: true,
  mayHaveGrown: false,
  patienceMs: longestWaitMs,
  beat,
});
