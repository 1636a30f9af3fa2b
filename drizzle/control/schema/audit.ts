import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { moment } from "@/drizzle/control/columns";

/** Append-only: triggers refuse UPDATE, DELETE and a sequence number that is not the next one. */
export const auditEntry = sqliteTable(
  "sys_audit_entry",
  {
    id: text("id").primaryKey(),
    /** The organization's id, or `fleet` for what belongs to no organization. */
    chain: text("chain").notNull(),
    seq: integer("seq").notNull(),
    at: moment("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorLabel: text("actor_label").notNull(),
    action: text("action").notNull(),
    environmentId: text("environment_id"),
    subjectKind: text("subject_kind").notNull(),
    subjectId: text("subject_id").notNull(),
    subjectLabel: text("subject_label").notNull(),
    /** JSON text, hashed as it stands. */
    detail: text("detail").notNull(),
    requestId: text("request_id").notNull(),
    door: text("door").notNull(),
    ip: text("ip"),
    keyId: text("key_id").notNull(),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    uniqueIndex("audit_entry_chain").on(t.chain, t.seq),
    index("audit_entry_environment").on(t.environmentId, t.seq),
  ],
);
