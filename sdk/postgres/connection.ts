import { DatabaseError, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from "pg";
import { ContextQuery } from "./context-query";
import type { TenantContext } from "./proof";
import { proofFor } from "./session";

// Statements after which a session is as it was. Any other one may have changed it.
const harmless =
  /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|VALUES|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|EXPLAIN|SHOW|FETCH|COPY)\b/;

// What a SELECT may do to its session. The context needs no such care: every statement brings its own.
const setsSession = /set_config/i;

/** A connection that acts for one tenant, until it is released. */
export interface TenantConnection {
  query<Row extends QueryResultRow>(
    query: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<Row>>;
  /** Back to the others, if it is as it was; otherwise it is closed. */
  release(error?: Error | boolean): void;
}

/** Lets one tenant use a connection of the pool. */
export function tenantConnection(client: PoolClient, context: TenantContext): TenantConnection {
  let isChanged = false;
  let isReleased = false;
  let proven = "";
  let underWay = 0;
  let last: Promise<QueryResult> | null = null;

  /** A failed transaction takes nothing but its end, and has no use for a context. */
  function nextContext() {
    const status = client.getTransactionStatus();
    if (status === "E") return null;
    const proof = proofFor(client, context);
    if (status === "T" && proof === proven) return null;
    proven = proof;
    return { tenant: context.tenant, proof };
  }

  async function query(given: string | QueryConfig, values?: unknown[]): Promise<QueryResult> {
    if (isReleased) throw new Error("The connection was given back already.");
    // One after the other: what a statement needs depends on how the one before ended.
    while (last) await last.catch(() => undefined);
    const config = typeof given === "string" ? { text: given } : given;
    last = run({ ...config, ...(values ? { values } : {}) }).finally(() => (last = null));
    return last;
  }

  function run(config: QueryConfig): Promise<QueryResult> {
    underWay += 1;
    isChanged ||= setsSession.test(config.text);
    return new Promise<QueryResult>((resolve, reject) => {
      const statement = new ContextQuery(config, nextContext(), (tag) => (isChanged ||= !harmless.test(tag)));
      statement.callback = (error, result) => {
        underWay -= 1;
        // What is no error of one statement is the end of the connection, soon if not yet.
        isChanged ||= error !== null && !(error instanceof DatabaseError && error.severity === "ERROR");
        if (error) reject(error);
        else resolve(asResult(result));
      };
      client.query(statement);
    });
  }

  return {
    query: (given, values) => query(given, values),
    release(error = false) {
      if (isReleased) return;
      isReleased = true;
      const isSound = !error && !isChanged && underWay === 0 && client.getTransactionStatus() === "I";
      client.release(!isSound);
    },
  };
}

const asResult = (result: unknown) => result as QueryResult;
