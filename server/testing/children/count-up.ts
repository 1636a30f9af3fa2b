import { eq, sql } from "drizzle-orm";
import { setting } from "@/drizzle/control/schema/settings";
import { openDb } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";

/** Adds one to a setting, so many times, each time by reading it first. */
const [url = "", times = "0"] = process.argv.slice(2);
const db = await openDb(url);
for (let n = 0; n < Number(times); n++) {
  await withTransaction(db, async (tx) => {
    const [row] = await tx
      .select({ value: sql<number>`json(${setting.value})` })
      .from(setting)
      .where(eq(setting.key, "count"));
    await tx
      .update(setting)
      .set({ value: Number(row?.value) + 1 })
      .where(eq(setting.key, "count"));
  });
}
db.$client.close();
