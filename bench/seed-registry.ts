import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { controlDb } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { env } from "@/server/kernel/env";
import { masterSecret } from "@/server/kernel/master-secret";
import { user } from "@/drizzle/control/schema/people";
import { seedRegistry } from "./registry-seed";

// Fills the control plane of FREEHOLD_DATA_DIR, which must have nobody in it yet.
mkdirSync(env().dataDir, { recursive: true });
masterSecret();
const db = await controlDb();
await prepareControlPlane(db);
if ((await db.select({ id: user.id }).from(user).limit(1)).length > 0) {
  process.stderr.write(
    `${join(env().dataDir, "control.db")} has people already. Name an empty FREEHOLD_DATA_DIR.\n`,
  );
  process.exit(1);
}
const started = performance.now();
const cast = await seedRegistry(db);
process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - started) / 1000, ...cast })}\n`);
db.$client.close();
