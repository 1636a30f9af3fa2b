import { sql } from "drizzle-orm";
import { check, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "@/drizzle/control/columns";
import { environment } from "./environments";
import { packageVersion, schemaPackage } from "./packages";
import { pool } from "./pools";

const installationColumns = {
  packageId: text("package_id")
    .notNull()
    .references(() => schemaPackage.id, { onDelete: "restrict" }),
  desiredVersionId: text("desired_version_id")
    .notNull()
    .references(() => packageVersion.id, { onDelete: "restrict" }),
  observedVersionId: text("observed_version_id").references(() => packageVersion.id, {
    onDelete: "restrict",
  }),
  status: text("status", { enum: ["installing", "installed", "failed"] }).notNull(),
  /** Why the last installation failed, in a sentence. */
  problem: text("problem").notNull().default(""),
  observedAt: moment("observed_at"),
  updatedAt: moment("updated_at").notNull(),
};

/** Which release an environment is to have, and which it was last seen to have. */
export const environmentPackage = sqliteTable(
  "sys_environment_package",
  {
    environmentId: text("environment_id")
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    ...installationColumns,
  },
  (t) => [
    primaryKey({ columns: [t.environmentId, t.packageId] }),
    check("environment_package_status", sql`${t.status} in ('installing', 'installed', 'failed')`),
    index("environment_package_by_package").on(t.packageId, t.environmentId),
  ],
);

/** Which release of a package a pool is to have and has: all of its tenants at once. */
export const poolPackage = sqliteTable(
  "sys_pool_package",
  {
    poolId: text("pool_id")
      .notNull()
      .references(() => pool.id, { onDelete: "cascade" }),
    ...installationColumns,
  },
  (t) => [
    primaryKey({ columns: [t.poolId, t.packageId] }),
    check("pool_package_status", sql`${t.status} in ('installing', 'installed', 'failed')`),
  ],
);
