import { pino, stdSerializers } from "pino";
import { env } from "./env";

const censored = ["password", "secret", "token", "authorization", "cookie", "api_key"];

/**
 * The same error without the values of a failed query, which drizzle puts into its message
 * and its fields: they hold tokens of sessions and hashes of passwords.
 */
function withoutValues(error: Error): Error {
  const cause = error.cause instanceof Error ? withoutValues(error.cause) : error.cause;
  const failedQuery = "query" in error && "params" in error;
  if (!failedQuery && cause === error.cause) return error;
  const message = failedQuery ? `Failed query: ${String(error.query)}` : error.message;
  const told = new Error(message, { cause });
  told.stack = error.stack?.replace(error.message, () => message);
  return Object.assign(told, Object.fromEntries(Object.entries(error)), {
    name: error.name,
    cause,
    params: undefined,
  });
}

/** Structured logs on standard output. Fields with secret names are censored at any of the first levels. */
export const logger = pino({
  name: "freehold",
  level: env().logLevel,
  serializers: {
    err: (error: Error) => stdSerializers.err(error instanceof Error ? withoutValues(error) : error),
  },
  redact: { paths: censored.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[redacted]" },
});
