import { and, eq, or, sql } from "drizzle-orm";
import { organization } from "@/drizzle/control/schema/organizations";
import { containing, keyset } from "@/server/db/keyset";
import type { ListOrganizations } from "./schema";

const { id, slug, name, tier, region, createdAt } = organization;

/** The page of organizations that a list asks for: its columns, its order, and what they have to match. */
export function matchingOrganizations(input: ListOrganizations) {
  const sort = input.sort === "name" ? sql`lower(${name})` : sql`${createdAt}`;
  return {
    columns: { id, slug, name, tier, region, createdAt, sortKey: sql<string | number>`${sort}` },
    page: keyset(sort, sql`${id}`, input),
    filter: and(
      input.tier ? eq(tier, input.tier) : undefined,
      input.search
        ? or(containing(sql`lower(${name})`, input.search), containing(sql`${slug}`, input.search))
        : undefined,
    ),
  };
}
