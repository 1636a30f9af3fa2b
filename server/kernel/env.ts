import { resolve } from "node:path";
import { z } from "zod";
import { keySettings, keySourcesOf } from "./key-settings";
import { Secret } from "./secret";

const portNamed = (name: string) =>
  z.coerce
    .number(`${name} must be a number between 1 and 65535.`)
    .int(`${name} must be a whole number.`)
    .min(1, `${name} must be at least 1.`)
    .max(65535, `${name} must be at most 65535.`);

const httpUrl = z
  .url({
    protocol: /^https?$/,
    error: "FREEHOLD_BASE_URL must be an http or https address, such as https://console.example.com.",
  })
  .transform((value) => new URL(value).origin);

const Source = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: portNamed("PORT").default(3000),
  FREEHOLD_BASE_URL: httpUrl.optional(),
  FREEHOLD_DATA_DIR: z.string().min(1).default(".freehold"),
  FREEHOLD_DATABASE_URL: z
    .string()
    .regex(/^(file:|libsql:|https?:)/, "FREEHOLD_DATABASE_URL must start with file:, libsql: or https:.")
    .optional(),
  FREEHOLD_DATABASE_AUTH_TOKEN: z.string().optional(),
  FREEHOLD_SECRET: z.string().min(32, "FREEHOLD_SECRET must have at least 32 characters.").optional(),
  FREEHOLD_ROOT_DOMAIN: z
    .string()
    .regex(
      /^[a-z0-9-]+(\.[a-z0-9-]+)*$/,
      "FREEHOLD_ROOT_DOMAIN must be a domain name, such as db.example.com.",
    )
    .default("localhost"),
  FREEHOLD_WORKER: z.enum(["inline", "off"], "FREEHOLD_WORKER must be inline or off.").default("inline"),
  FREEHOLD_SIGN_UP: z.enum(["open", "invited"], "FREEHOLD_SIGN_UP must be open or invited.").optional(),
  FREEHOLD_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "FREEHOLD_SMTP_URL must start with smtp:// or smtps://.")
    .optional(),
  FREEHOLD_MAIL_FROM: z.string().min(3).optional(),
  FREEHOLD_TRUSTED_IP_HEADER: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  FREEHOLD_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  FREEHOLD_DATA_SERVER: z.enum(["on", "off"], "FREEHOLD_DATA_SERVER must be on or off.").default("on"),
  FREEHOLD_DATA_PORT: portNamed("FREEHOLD_DATA_PORT").optional(),
  FREEHOLD_DATA_URL: z
    .url({
      protocol: /^https?$/,
      error: "FREEHOLD_DATA_URL must be an http or https address, such as https://data.example.com.",
    })
    .transform((value) => value.replace(/\/+$/, ""))
    .optional(),
  FREEHOLD_POSTGRES_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "FREEHOLD_POSTGRES_URL must start with postgres:// or postgresql://.")
    .optional(),
  FREEHOLD_POSTGRES_PORT: portNamed("FREEHOLD_POSTGRES_PORT").optional(),
  FREEHOLD_POSTGRES_HOME: z.string().min(1).optional(),
  FREEHOLD_OUTAGE_SECONDS: z.coerce
    .number("FREEHOLD_OUTAGE_SECONDS must be a number of seconds between 0 and 86400.")
    .int("FREEHOLD_OUTAGE_SECONDS must be a whole number of seconds.")
    .min(0, "FREEHOLD_OUTAGE_SECONDS must not be below 0.")
    .max(86_400, "FREEHOLD_OUTAGE_SECONDS must be at most 86400, which is a day.")
    .default(900),
  FREEHOLD_FAILPOINT: z.string().optional(),
  ...keySettings,
});

/**
 * Everything that Freehold takes from its surroundings, checked and shaped.
 * Throws one error that lists every mistake, a sentence each.
 */
export function readEnv(source: Record<string, string | undefined>) {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Source.safeParse(present);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => issue.message).join("\n"));
  }
  const value = parsed.data;
  const { sources, mistakes } = keySourcesOf(value);
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  const dataDir = resolve(value.FREEHOLD_DATA_DIR);
  const dataPort = value.FREEHOLD_DATA_PORT ?? value.PORT + 1;
  return {
    mode: value.NODE_ENV,
    port: value.PORT,
    baseUrl: value.FREEHOLD_BASE_URL ?? `http://localhost:${value.PORT}`,
    baseUrlIsSet: value.FREEHOLD_BASE_URL !== undefined,
    dataDir,
    databaseUrl: value.FREEHOLD_DATABASE_URL ?? `file:${resolve(dataDir, "control.db")}`,
    databaseAuthToken: value.FREEHOLD_DATABASE_AUTH_TOKEN
      ? new Secret(value.FREEHOLD_DATABASE_AUTH_TOKEN)
      : undefined,
    secret: value.FREEHOLD_SECRET ? new Secret(value.FREEHOLD_SECRET) : undefined,
    rootDomain: value.FREEHOLD_ROOT_DOMAIN,
    worker: value.FREEHOLD_WORKER,
    signUp: value.FREEHOLD_SIGN_UP,
    smtpUrl: value.FREEHOLD_SMTP_URL ? new Secret(value.FREEHOLD_SMTP_URL) : undefined,
    mailFrom: value.FREEHOLD_MAIL_FROM ?? `Freehold <no-reply@${value.FREEHOLD_ROOT_DOMAIN}>`,
    trustedIpHeader: value.FREEHOLD_TRUSTED_IP_HEADER,
    logLevel: value.FREEHOLD_LOG_LEVEL,
    dataPort,
    dataUrl: value.FREEHOLD_DATA_URL ?? `http://localhost:${dataPort}`,
    postgresUrl: value.FREEHOLD_POSTGRES_URL ? new Secret(value.FREEHOLD_POSTGRES_URL) : undefined,
    postgresPort: value.FREEHOLD_POSTGRES_PORT ?? value.PORT + 2,
    postgresHome: value.FREEHOLD_POSTGRES_HOME ? resolve(value.FREEHOLD_POSTGRES_HOME) : undefined,
    outageSeconds: value.FREEHOLD_OUTAGE_SECONDS,
    failpoint: value.FREEHOLD_FAILPOINT,
    keySources: sources,
  } as const;
}

export type Env = ReturnType<typeof readEnv>;

let cached: Env | undefined;

/** The process's own environment, read once. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}
