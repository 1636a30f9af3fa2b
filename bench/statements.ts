import type { InStatement } from "@libsql/client";
import type { Db } from "@/server/db/client";

/** The statements that `work` sends to the control plane, with their arguments. */
export async function statementsOf(db: Db, work: () => Promise<unknown>): Promise<InStatement[]> {
  const client = db.$client;
  const { execute, batch } = client;
  const seen: InStatement[] = [];
  Object.assign(client, {
    execute: (statement: InStatement) => {
      seen.push(statement);
      return Reflect.apply(execute, client, [statement]);
    },
    batch: (statements: InStatement[]) => {
      seen.push(...statements);
      return batch.call(client, statements, "read");
    },
  });
  try {
    await work();
  } finally {
    Object.assign(client, { execute, batch });
  }
  return seen;
}
