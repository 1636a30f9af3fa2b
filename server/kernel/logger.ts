import { pino } from "pino";
import { env } from "./env";

const censored = ["password", "secret", "token", "authorization", "cookie", "api_key"];

/** Structured logs on standard output. Fields with secret names are censored at any of the first levels. */
export const logger = pino({
  name: "freehold",
  level: env().logLevel,
  redact: { paths: censored.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[redacted]" },
});
