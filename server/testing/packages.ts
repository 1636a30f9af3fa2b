import { Manifest, manifestFile } from "@/server/packages/manifest";
import { PublishPackage } from "@/server/domain/packages/schema";

/** The files of a package as they are sent: migrations by name, in the SQL that both engines share. */
export function packageFiles(
  manifest: { name: string; version: string; schema: string } & Record<string, unknown>,
  migrations: Record<string, string>,
): PublishPackage {
  const text = JSON.stringify({ owner: "test-service", ...manifest });
  Manifest.parse(JSON.parse(text));
  const files = Object.entries(migrations).map(([file, sql]) => ({ path: `migrations/${file}`, text: sql }));
  return PublishPackage.parse({ files: [{ path: manifestFile, text }, ...files] });
}

/** A package of this name with one, two or three migrations, by its minor version. In a file all packages share their names. */
export function ordersPackage(name: string, version: string, changes: Record<string, string> = {}) {
  const all = {
    "0001_orders.sql": `CREATE TABLE ${name}_orders (id text NOT NULL PRIMARY KEY, note text);`,
    "0002_lines.sql": `CREATE TABLE ${name}_lines (id text NOT NULL PRIMARY KEY, order_id text NOT NULL REFERENCES ${name}_orders (id));
INSERT INTO ${name}_orders (id) VALUES ('first');`,
    "0003_more.sql": `ALTER TABLE ${name}_orders ADD COLUMN more text;`,
  };
  const count = Number(version.split(".")[1]) + 1;
  const migrations = { ...Object.fromEntries(Object.entries(all).slice(0, count)), ...changes };
  return packageFiles({ name: `com.example.${name}`, version, schema: name }, migrations);
}
