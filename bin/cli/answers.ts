import { z } from "zod";

/** What the command line reads of the answers of `/api/v1`; more in them is fine. */

export const Organization = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  tier: z.string(),
  region: z.string(),
  role: z.string(),
  created_at: z.string(),
});

export const EnvironmentSummary = z.object({
  slug: z.string(),
  name: z.string(),
  env_type: z.string(),
  status: z.string(),
  region: z.string(),
  is_default: z.boolean(),
  is_protected: z.boolean(),
  storage_used_bytes: z.number(),
  created_at: z.string(),
});

export const PlacementStep = z.object({
  kind: z.string(),
  label: z.string(),
  verdict: z.string(),
  reason: z.string(),
});

/** What is held beside what may be. */
export const Held = z.object({
  isolation: z.string(),
  storage_used_bytes: z.number(),
  storage_limit_mb: z.number(),
  row_limit: z.number().nullable(),
  row_count: z.number().nullable(),
  is_over_limit: z.boolean(),
});
export type Held = z.infer<typeof Held>;

export const Environment = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  env_type: z.string(),
  status: z.enum([
    "provisioning",
    "active",
    "suspended",
    "archived",
    "failed",
    "moving",
    "deleted",
    "deleting",
  ]),
  status_reason: z.string(),
  region: z.string(),
  is_default: z.boolean(),
  is_protected: z.boolean(),
  hostname: z.string(),
  purge_at: z.string().nullable(),
  role: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  organization: z.object({ slug: z.string() }),
  placement: Held.extend({
    driver: z.string(),
    cluster: z.object({ slug: z.string() }),
    why: z.array(PlacementStep),
    database_name: z.string(),
  }),
});
export type Environment = z.infer<typeof Environment>;

export const Operation = z.object({
  id: z.string(),
  title: z.string(),
  subject: z.string(),
  status: z.enum(["queued", "running", "undoing", "succeeded", "failed"]),
  actor: z.string(),
  error: z.string().nullable(),
  attempts: z.number(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
  steps: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      status: z.enum(["pending", "running", "succeeded", "failed", "undone"]),
      detail: z.string().nullable(),
      error: z.string().nullable(),
      started_at: z.string().nullable(),
      finished_at: z.string().nullable(),
    }),
  ),
});
export type Operation = z.infer<typeof Operation>;

export const Member = z.object({
  name: z.string(),
  email: z.string(),
  role: z.string(),
  joined_at: z.string(),
});

export const AuditEntry = z.object({
  seq: z.number(),
  at: z.string(),
  action: z.string(),
  door: z.string(),
  actor: z.object({ label: z.string() }),
  subject: z.object({ label: z.string() }),
});

export const Credential = z.object({
  id: z.string(),
  audience: z.enum(["services", "direct"]),
  name: z.string(),
  scope: z.string(),
  status: z.enum(["pending", "active", "rotating", "revoked"]),
  expires_at: z.string().nullable(),
  revoke_after: z.string().nullable(),
  rotate_every_days: z.number().nullable(),
  last_used_at: z.string().nullable(),
});
export type Credential = z.infer<typeof Credential>;

export const IssuedCredential = z.object({
  credential: Credential,
  operation: z.object({ id: z.string() }),
  secret: z.string().nullable(),
  connection: z.object({ driver: z.string(), url: z.string(), username: z.string().nullable() }),
});
export type IssuedCredential = z.infer<typeof IssuedCredential>;

export const Cluster = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  driver: z.string(),
  region: z.string(),
  state: z.enum(["active", "draining", "offline"]),
  state_reason: z.string(),
  capacity: z.number().nullable(),
  database_count: z.number(),
  labels: z.record(z.string(), z.string()),
  address: z.record(z.string(), z.string()),
  is_built_in: z.boolean(),
});
export type Cluster = z.infer<typeof Cluster>;

export const Pool = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  database_name: z.string(),
  state: z.enum(["creating", "active", "draining", "failed"]),
  state_reason: z.string(),
  capacity: z.number().nullable(),
  tenant_count: z.number(),
});
export type Pool = z.infer<typeof Pool>;

export const Service = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string(),
  scopes: z.array(z.string()),
  credential_scope: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
});

export const Finding = z.object({
  id: z.string(),
  kind: z.string(),
  database_name: z.string(),
  subject: z.string(),
  problem: z.string(),
  size_bytes: z.number(),
});

export const Me = z.object({ email: z.string(), is_operator: z.boolean() });
