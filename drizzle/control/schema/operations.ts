import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { json, moment } from "@/drizzle/control/columns";

export const operation = sqliteTable(
  "sys_operation",
  {
    id: text("id").primaryKey(),
    saga: text("saga").notNull(),
    status: text("status", { enum: ["queued", "running", "undoing", "succeeded", "failed"] }).notNull(),
    organizationId: text("organization_id"),
    environmentId: text("environment_id"),
    subject: text("subject").notNull(),
    /** Of the unfinished operations, one has this key: two sagas never work on one thing at once. */
    lockKey: text("lock_key"),
    input: json<unknown>("input").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorLabel: text("actor_label").notNull(),
    requestId: text("request_id").notNull(),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    leaseOwner: text("lease_owner"),
    leaseExpiresAt: integer("lease_expires_at"),
    fence: integer("fence").notNull().default(0),
    runAfter: integer("run_after").notNull(),
    createdAt: moment("created_at").notNull(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
  },
  (t) => [
    check("operation_status", sql`${t.status} in ('queued', 'running', 'undoing', 'succeeded', 'failed')`),
    index("operation_due")
      .on(t.runAfter)
      .where(sql`status in ('queued', 'running', 'undoing')`),
    uniqueIndex("operation_one_per_lock")
      .on(t.lockKey)
      .where(sql`status in ('queued', 'running', 'undoing') and lock_key is not null`),
    index("operation_environment").on(t.environmentId, t.createdAt),
    index("operation_organization").on(t.organizationId, t.createdAt, t.id),
    index("operation_created").on(t.createdAt, t.id),
    index("operation_status_order").on(t.status, t.createdAt, t.id),
  ],
);

export const operationStep = sqliteTable(
  "sys_operation_step",
  {
    operationId: text("operation_id")
      .notNull()
      .references(() => operation.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    status: text("status", { enum: ["pending", "running", "succeeded", "failed", "undone"] }).notNull(),
    result: json<unknown>("result"),
    detail: text("detail"),
    error: text("error"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.operationId, t.position] }),
    check(
      "operation_step_status",
      sql`${t.status} in ('pending', 'running', 'succeeded', 'failed', 'undone')`,
    ),
  ],
);

export const idempotencyKey = sqliteTable(
  "sys_idempotency_key",
  {
    actorId: text("actor_id").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    response: json<unknown>("response").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.actorId, t.key] }), index("idempotency_key_created").on(t.createdAt)],
);
