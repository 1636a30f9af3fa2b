import { integer, text } from "drizzle-orm/sqlite-core";

/** A moment, stored as milliseconds since 1970 (UTC). */
export const moment = (name: string) => integer(name, { mode: "timestamp_ms" });

export const flag = (name: string) => integer(name, { mode: "boolean" });

/** JSON kept as text; parse it with the schema of its owner when it is read back. */
export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();
