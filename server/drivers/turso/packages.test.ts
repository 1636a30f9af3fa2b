import { DatabaseSync } from "node:sqlite";
import { testPackages } from "@/server/drivers/packages.contract";
import { openTurso, type TestTurso } from "@/server/testing/turso/double";
import { tursoName } from "./names";

let turso: TestTurso | undefined;

function current(): TestTurso {
  if (!turso) throw new Error("No double of Turso is running.");
  return turso;
}

testPackages("turso", {
  async make() {
    turso = await openTurso();
    return turso.driver();
  },
  another: () => current().driver(),
  async ask({ databaseName }, sql) {
    const path = current().cloud.databases.get(tursoName(databaseName))?.path ?? "";
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row }));
    } finally {
      db.close();
    }
  },
  table: (name) => name,
  systemTable: (name) => name,
});
