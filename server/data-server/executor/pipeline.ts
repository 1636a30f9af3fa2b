import { malformed } from "@/server/data-server/request-error";
import type { Session } from "./connections";
import { runBatch } from "./batch";
import { toRequestError } from "./errors";
import { readFields, readIndex, readList, type Fields } from "./fields";
import { readQuery, readSql, storeText } from "./requests";
import { runQuery, runSequence, waitForWriter, type Effect, type Meter, type Sink } from "./run";

const mostRequests = 10_000;

/** Answers the requests one after the other, as the JSON text of a list. A failing one ends nothing but itself. */
export function runPipeline(session: Session, body: unknown, meter: Meter): string {
  const requests = readList(readFields(body, "The body")["requests"], "requests");
  if (requests.length > mostRequests) throw malformed(`A pipeline has at most ${mostRequests} requests.`);
  const answers = requests.map((request) => {
    try {
      return `{"type":"ok","response":${answer(session, readFields(request, "A request"), meter)}}`;
    } catch (error) {
      if (error === waitForWriter) throw error;
      meter.untouched = false;
      return `{"type":"error","error":${errorText(error, meter)}}`;
    }
  });
  return `[${answers.join(",")}]`;
}

export function errorText(error: unknown, { limits }: Meter): string {
  const { message, code } = toRequestError(error, limits);
  return JSON.stringify({ message, code });
}

function answer(session: Session, request: Fields, meter: Meter): string {
  if (session.isClosed) throw malformed("The stream is closed.");
  const { connection, texts } = session;
  switch (request["type"]) {
    case "execute":
      return `{"type":"execute","result":${execute(session, request["stmt"], meter)}}`;
    case "batch":
      return `{"type":"batch","result":${batch(session, request["batch"], meter)}}`;
    case "sequence":
      runSequence(connection, readSql(request, texts), meter);
      return '{"type":"sequence"}';
    case "describe":
      return `{"type":"describe","result":${describe(session, readSql(request, texts))}}`;
    case "store_sql":
      storeText(request, texts);
      return '{"type":"store_sql"}';
    case "close_sql":
      texts.delete(readIndex(request["sql_id"], "sql_id"));
      return '{"type":"close_sql"}';
    case "get_autocommit":
      return `{"type":"get_autocommit","is_autocommit":${!connection.isInTransaction()}}`;
    case "close":
      session.isClosed = true;
      return '{"type":"close"}';
    default:
      throw malformed("This type of request is not known.");
  }
}

function execute(session: Session, value: unknown, meter: Meter): string {
  const { sink, finish } = collectResult();
  return finish(runQuery(session.connection, readQuery(value, session.texts), meter, sink));
}

/** Puts a result together as JSON text. */
function collectResult(): { sink: Sink; finish(effect: Effect): string } {
  let columns = "[]";
  const rows: string[] = [];
  return {
    sink: {
      columns(text) {
        columns = text;
      },
      row(text) {
        rows.push(text);
      },
    },
    finish(effect) {
      return `{"cols":${columns},"rows":[${rows.join(",")}],${effectText(effect)},"replication_index":null}`;
    },
  };
}

export function effectText({ affected, rowid }: Effect): string {
  return `"affected_row_count":${affected},"last_insert_rowid":${rowid === null ? "null" : `"${rowid}"`}`;
}

function batch(session: Session, value: unknown, meter: Meter): string {
  const results: string[] = [];
  const errors: string[] = [];
  let current = collectResult();
  const count = runBatch(session, value, meter, {
    begin: () => (current = collectResult()).sink,
    end: (step, effect) => void (results[step] = current.finish(effect)),
    fail: (step, error) => void (errors[step] = errorText(error, meter)),
  });
  const list = (texts: string[]) =>
    Array.from({ length: count }, (_, step) => texts[step] ?? "null").join(",");
  return `{"step_results":[${list(results)}],"step_errors":[${list(errors)}]}`;
}

function describe({ connection }: Session, sql: string): string {
  const { columns, parameters, writes, schema, locks } = connection.prepare(sql);
  return JSON.stringify({
    params: Array.from(parameters, (name) => ({ name: name ?? null })),
    cols: columns,
    is_explain: /^\s*EXPLAIN\b/i.test(sql),
    is_readonly: !writes && !schema && !locks,
  });
}
