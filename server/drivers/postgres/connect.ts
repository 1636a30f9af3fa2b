import { Client, type ClientConfig } from "pg";
import type { ServerPlace } from "./server-url";

export interface Credentials {
  user: string;
  password: string;
  database: string;
}

export interface Limits {
  connectMs: number;
  statementMs: number;
}

/**
 * Everything a client can be told is told here: what is left out, it takes from environment
 * variables. Tenants' objects are in no search path, so that no name of theirs is met by accident.
 */
export function clientConfig(place: ServerPlace, credentials: Credentials, limits: Limits): ClientConfig {
  return {
    host: place.host,
    port: place.port,
    ssl: place.ssl,
    user: credentials.user,
    password: credentials.password,
    database: credentials.database,
    application_name: "freehold",
    options:
      "-c search_path=pg_catalog -c lock_timeout=30000 -c idle_in_transaction_session_timeout=60000 -c row_security=off",
    client_encoding: "UTF8",
    connectionTimeoutMillis: limits.connectMs,
    statement_timeout: limits.statementMs,
    // The statement's own limit comes first, unless the server does not answer at all.
    query_timeout: limits.statementMs + 10_000,
    keepAlive: true,
  };
}

/** A connection for the time of `use`. */
export async function withClient<T>(config: ClientConfig, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config);
  // Without a listener, a connection that breaks while nobody waits for it ends the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
