import { DatabaseError, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from "pg";
import { ContextQuery } from "./context-query.ts";
import type { PoolContext } from "./proof.ts";
import { proofFor } from "./session.ts";
import { refuseAlteringLogin } from "./shared-login.ts";

// Statements after which a session is as it was. Any other one may have changed it.
const harmless =
  /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|VALUES|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|EXPLAIN|SHOW|FETCH|COPY)\b/;

// Sees no rows, and is the one place for an isolation level: the context, a query, would come before it.
const opening = /^\s*(?:BEGIN|START\s+TRANSACTION|SET\s+TRANSACTION\s+(?:ISOLATION|READ|NOT|DEFERRABLE))\b/i;

// What a SELECT may do to its session, by a name that may be written with escapes. The context needs no
// such care: every statement brings its own.
const setsSession = /set_config|U&"/i;

/** A connection that acts for one tenant, until it is released. */
export interface TenantConnection {
  query<Row extends QueryResultRow>(
    query: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<Row>>;
  /** Back to the others, if it is as it was; otherwise it is closed. */
  release(error?: Error | boolean): void;
}

/** A connection of the pool that one tenant uses. */
export class HeldConnection implements TenantConnection {
  readonly #client: PoolClient;
  readonly #context: PoolContext | null;
  readonly #onRelease: (connection: HeldConnection) => void;
  #isChanged = false;
  #isReleased = false;
  #proven = "";
  #underWay = 0;
  #last: Promise<QueryResult> | null = null;

  constructor(
    client: PoolClient,
    context: PoolContext | null,
    onRelease: (connection: HeldConnection) => void,
  ) {
    this.#client = client;
    this.#context = context;
    this.#onRelease = onRelease;
  }

  async query<Row extends QueryResultRow>(
    given: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<Row>> {
    if (this.#isReleased) throw new Error("The connection was given back already.");
    if (this.#context) refuseAlteringLogin(textOf(given));
    // One after the other: what a statement needs depends on how the one before ended, which its own caller hears.
    while (this.#last) await this.#last.catch(() => undefined);
    const running = this.#run<Row>(typeof given === "string" ? { text: given } : given, values);
    this.#last = running;
    try {
      return await running;
    } finally {
      this.#last = null;
    }
  }

  release(error: Error | boolean = false): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#onRelease(this);
    const client = this.#client;
    const isSound =
      !error && !this.#isChanged && this.#underWay === 0 && client.getTransactionStatus() === "I";
    client.release(!isSound);
  }

  /** A failed transaction takes nothing but its end, and has no use for a context. */
  #nextContext(isOpening: boolean) {
    const status = this.#client.getTransactionStatus();
    if (status === "E" || !this.#context) return null;
    if (isOpening) {
      if (status === "I") this.#proven = "";
      return null;
    }
    const proof = proofFor(this.#client, this.#context);
    if (status === "T" && proof === this.#proven) return null;
    this.#proven = proof;
    return { tenant: this.#context.tenant, proof };
  }

  #run<Row extends QueryResultRow>(config: QueryConfig, values?: unknown[]): Promise<QueryResult<Row>> {
    this.#underWay += 1;
    this.#isChanged ||= setsSession.test(config.text);
    const isOpening = opening.test(config.text);
    return new Promise((resolve, reject) => {
      const statement = new ContextQuery({ config, values }, this.#nextContext(isOpening), (tag) => {
        this.#isChanged ||= !isOpening && !harmless.test(tag);
      });
      statement.callback = (error, result) => {
        this.#underWay -= 1;
        // What is no error of one statement is the end of the connection, soon if not yet.
        this.#isChanged ||= error !== null && !(error instanceof DatabaseError && error.severity === "ERROR");
        if (error) reject(error);
        else resolve(asResult<Row>(result));
      };
      this.#client.query(statement);
    });
  }
}

const textOf = (given: string | QueryConfig): string => (typeof given === "string" ? given : given.text);

const asResult = <Row extends QueryResultRow>(result: unknown) => result as QueryResult<Row>;
