import { join } from "node:path";
import { ensureInstalled } from "./ensure.mjs";
import { run } from "./lifetime.mjs";
import { onNode24, root } from "./node24.mjs";

await onNode24();
await ensureInstalled();
const args = [join(root, "node_modules/next/dist/bin/next"), "dev", ...process.argv.slice(2)];
const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
process.exitCode = (await run(process.execPath, args, { cwd: root, env })).code;
