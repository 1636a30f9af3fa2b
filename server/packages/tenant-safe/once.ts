import type { ClientBase, QueryConfig, QueryResult } from "pg";

/** One statement and no more, whatever the text holds. */
export async function once(client: ClientBase, text: string): Promise<QueryResult> {
  return client.query(extended(text));
}

// The types do not know queryMode.
const extended = (text: string) => ({ text, queryMode: "extended" }) as QueryConfig;
