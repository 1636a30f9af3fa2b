import { sql } from "drizzle-orm";
import { check, index, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { moment } from "@/drizzle/control/columns";
import { user } from "./people";

export const organization = sqliteTable(
  "organization",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    slug: text("slug").notNull().unique(),
    logo: text("logo"),
    metadata: text("metadata"),
    tier: text("tier", { enum: ["standard", "premium", "enterprise"] })
      .notNull()
      .default("standard"),
    region: text("region").notNull(),
    /** The only region where its data may be; null: anywhere. */
    residency: text("residency"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check("organization_tier", sql`${t.tier} in ('standard', 'premium', 'enterprise')`),
    check(
      "organization_slug",
      sql`length(${t.slug}) between 1 and 63 and ${t.slug} glob '[a-z0-9]*' and ${t.slug} not glob '*[^a-z0-9-]*'`,
    ),
    index("organization_name").on(sql`lower(${t.name})`, t.id, t.slug),
    index("organization_created").on(t.createdAt, t.id),
  ],
);

export const member = sqliteTable(
  "member",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["owner", "admin", "member"] }).notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    check("member_role", sql`${t.role} in ('owner', 'admin', 'member')`),
    uniqueIndex("member_organization_user").on(t.organizationId, t.userId),
    index("member_user").on(t.userId, t.organizationId),
  ],
);

export const invitation = sqliteTable(
  "invitation",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    role: text("role", { enum: ["owner", "admin", "member"] }).notNull(),
    status: text("status", { enum: ["pending", "accepted", "revoked"] }).notNull(),
    /** `mail`: the link went to the address; `link`: the inviter hands it over. */
    delivery: text("delivery", { enum: ["mail", "link"] }).notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: moment("created_at").notNull(),
    inviterId: text("inviter_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    acceptedBy: text("accepted_by").references(() => user.id, { onDelete: "set null" }),
  },
  (t) => [
    check("invitation_role", sql`${t.role} in ('owner', 'admin', 'member')`),
    check("invitation_status", sql`${t.status} in ('pending', 'accepted', 'revoked')`),
    check("invitation_delivery", sql`${t.delivery} in ('mail', 'link')`),
    check("invitation_email_lower", sql`${t.email} = lower(${t.email})`),
    uniqueIndex("invitation_pending")
      .on(t.organizationId, t.email)
      .where(sql`status = 'pending'`),
    index("invitation_organization").on(t.organizationId, t.createdAt),
  ],
);
