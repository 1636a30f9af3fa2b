import { z } from "zod";

/** What `GET /internal/tenants/{tenant}/db-info` answers for a file. */
export const DbInfo = z.object({
  tenant: z.string(),
  isolation: z.literal("dedicated"),
  driver: z.literal("sqlite"),
  region: z.string(),
  url: z.string(),
  credential: z.object({
    id: z.string(),
    generation: z.number(),
    scope: z.string(),
    username: z.null(),
    secret: z.string(),
    expires_at: z.null(),
  }),
  context: z.null(),
  schema_versions: z.record(z.string(), z.string()),
  limits: z.object({
    statement_ms: z.number(),
    rows: z.number(),
    result_bytes: z.number(),
    size_mb: z.number(),
  }),
  epoch: z.number(),
  max_age_seconds: z.number(),
});

/** What `GET /internal/tenants/changes` answers. */
export const Changes = z.object({
  changes: z.array(z.object({ tenant: z.string(), epoch: z.number(), seq: z.number() })),
  next: z.number(),
  reset: z.boolean(),
});

/** The stable code of a problem document. */
export const code = async (response: Response) =>
  z.looseObject({ code: z.string() }).parse(await response.json()).code;

/** The same for a tenant of a pool. */
export const SharedInfo = DbInfo.extend({
  isolation: z.literal("shared"),
  driver: z.literal("postgres"),
  credential: DbInfo.shape.credential.extend({ username: z.string() }),
  context: z.object({
    credential_id: z.string(),
    key: z.string(),
    algorithm: z.literal("HMAC-SHA256"),
    longest_seconds: z.literal(300),
  }),
});
