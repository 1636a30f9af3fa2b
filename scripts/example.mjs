import { ensureBrokers } from "./brokers.mjs";
import { ensureBuilt, ensureInstalled } from "./ensure.mjs";
import { run } from "./lifetime.mjs";
import { onNode24, progress, root } from "./node24.mjs";

await onNode24();
process.chdir(root);
await ensureInstalled();
const { "redis-server": redis } = await ensureBrokers(["redis-server"]);
if (redis === null) {
  progress(
    'The example\'s queue needs redis-server: install it with "apt-get install redis-server" or "brew install redis".',
  );
  process.exit(1);
}
await ensureBuilt();

const args = ["--import", "./scripts/typescript.mjs", "examples/district/main.ts"];
const env = { ...process.env, PORT: process.env.PORT || "4400", REDIS_SERVER: redis };
// The channel tells the example when this process is gone.
const { code } = await run(process.execPath, args, { env, stdio: ["inherit", "inherit", "inherit", "ipc"] });
process.exit(code);
