import { ensureInstalled } from "./ensure.mjs";
import { drizzleConfigs } from "./files.mjs";
import { run } from "./lifetime.mjs";
import { onNode24, root } from "./node24.mjs";

await onNode24();
await ensureInstalled();
for (const config of drizzleConfigs(root)) {
  const args = [
    "node_modules/drizzle-kit/bin.cjs",
    "generate",
    `--config=${config}`,
    ...process.argv.slice(2),
  ];
  const { code } = await run(process.execPath, args, { cwd: root });
  if (code !== 0) process.exit(code);
}
