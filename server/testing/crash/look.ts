import { writeSync } from "node:fs";
import { controlDb } from "@/server/db/client";
import { findViolations } from "./check";

/** Looks at a data directory that no process works on, and tells what does not hold, a line each. */
const db = await controlDb();
const violations = await findViolations(db, process.argv.slice(2));
for (const violation of violations) writeSync(1, `violation ${violation}\n`);
writeSync(1, "done\n");
db.$client.close();
process.exit(0);
