import { sql } from "drizzle-orm";

/** Milliseconds since 1970 on the database's clock, the one clock that all processes share. */
export const databaseNow = sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
