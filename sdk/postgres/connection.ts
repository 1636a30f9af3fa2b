import { DatabaseError, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from "pg";
import { ContextQuery } from "./context-query";
import type { TenantContext } from "./proof";
import { proofFor } from "./session";

// Statements after which a session is as it was. Any other one may have changed it.
const harmless =
  /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|VALUES|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|EXPLAIN|SHOW|FETCH|COPY)\b/;

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
  let isFresh = true;
  let isChanged = false;
  let isReleased = false;
  let proven = "";
  let underWay = 0;
  let last: Promise<QueryResult> | null = null;

  function introduction() {
    const isIdle = client.getTransactionStatus() !== "T" && client.getTransactionStatus() !== "E";
    const proof = proofFor(client, context);
    // A failed transaction takes nothing but its end, and has no use for a context.
    const needed = isIdle || (client.getTransactionStatus() === "T" && proof !== proven);
    const resets = isFresh && isIdle;
    isFresh = false;
    proven = proof;
    return { context: needed ? { tenant: context.tenant, proof } : null, resets };
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
    return new Promise<QueryResult>((resolve, reject) => {
      const statement = new ContextQuery(
        config,
        introduction(),
        (tag) => (isChanged ||= !harmless.test(tag)),
      );
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
