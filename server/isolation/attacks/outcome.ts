/** What a statement did. */
export interface Outcome {
  rows: Record<string, unknown>[];
  rowCount: number | null;
  error: Failure | null;
  notices: string[];
}

interface Failure {
  code: string;
  message: string;
  detail: string;
}

/** A connection whose transaction is open and whose tenant is set. */
export interface FencedConnection {
  query(text: string): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
  /** What the server has said since the last call. */
  notices(): string[];
  /** Ends the transaction and gives the connection back, as a service would. */
  release(ending: "commit" | "rollback"): Promise<void>;
}

/** Runs one statement so that the next can run, whatever becomes of it. */
export async function attempt(connection: FencedConnection, statement: string): Promise<Outcome> {
  await connection.query("savepoint freehold_proof");
  connection.notices();
  try {
    const { rows, rowCount } = await connection.query(statement);
    return { rows, rowCount, error: null, notices: connection.notices() };
  } catch (error) {
    const failure = failureOf(error);
    // Without a code it is the connection that failed, which is no answer.
    if (failure.code === "") throw error;
    await connection.query("rollback to savepoint freehold_proof");
    return { rows: [], rowCount: 0, error: failure, notices: connection.notices() };
  }
}

function failureOf(error: unknown): Failure {
  const read = (name: string) => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { code: read("code"), message: read("message"), detail: read("detail") };
}

export function errorOf({ code, message, detail }: Failure): string {
  return `${code} ${message} ${detail}`;
}
