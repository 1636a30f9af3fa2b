import { join } from "node:path";
import { superviseDataServer } from "./data-server.mjs";
import { ensureInstalled } from "./ensure.mjs";
import { run } from "./lifetime.mjs";
import { onNode24, root } from "./node24.mjs";

await onNode24();
await ensureInstalled();
process.env.NEXT_TELEMETRY_DISABLED = "1";
if (process.env.FREEHOLD_DATA_SERVER !== "off") await superviseDataServer();
const args = [join(root, "node_modules/next/dist/bin/next"), "dev", ...process.argv.slice(2)];
const env = { ...process.env, NODE_ENV: "development" };
process.exitCode = (await run(process.execPath, args, { cwd: root, env })).code;
