import { controlDb } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { masterSecret } from "@/server/kernel/master-secret";

/** What every process of the server does first, in the order of `boot`. */
const secret = masterSecret().reveal();
const db = await controlDb();
await prepareControlPlane(db);
db.$client.close();
process.stdout.write(secret);
