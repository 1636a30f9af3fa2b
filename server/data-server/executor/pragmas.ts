import type { CredentialScope } from "@/server/drivers/driver";

/** Tell about the schema or the engine, and take an argument to say of what. */
const questions = new Set([
  "collation_list",
  "compile_options",
  "foreign_key_check",
  "foreign_key_list",
  "function_list",
  "index_info",
  "index_list",
  "index_xinfo",
  "integrity_check",
  "module_list",
  "pragma_list",
  "quick_check",
  "table_info",
  "table_list",
  "table_xinfo",
]);

/** May be read; setting them would change the file or the connection. */
const readings = new Set([
  "application_id",
  "auto_vacuum",
  "busy_timeout",
  "cache_size",
  "data_version",
  "defer_foreign_keys",
  "encoding",
  "foreign_keys",
  "freelist_count",
  "journal_mode",
  "legacy_alter_table",
  "max_page_count",
  "page_count",
  "page_size",
  "query_only",
  "read_uncommitted",
  "recursive_triggers",
  "schema_version",
  "synchronous",
  "user_version",
]);

/** May be switched on and off, which the connection is closed for at the end of its stream. */
const switches = new Map<string, readonly CredentialScope[]>([
  ["defer_foreign_keys", ["readwrite", "admin"]],
  ["foreign_keys", ["admin"]],
  ["legacy_alter_table", ["admin"]],
]);

const positions = new Set(["0", "1", "false", "no", "off", "on", "true", "yes"]);

/** Whether a scope may use a PRAGMA, and whether it changes the connection that it is used on. */
export function judgePragma(
  scope: CredentialScope,
  name: string,
  argument: string | null,
): "allowed" | "changes" | "refused" {
  if (questions.has(name)) return "allowed";
  if (argument === null) {
    if (name === "optimize" && scope === "admin") return "allowed";
    return readings.has(name) ? "allowed" : "refused";
  }
  const allowed = switches.get(name)?.includes(scope) && positions.has(argument.toLowerCase());
  return allowed ? "changes" : "refused";
}
