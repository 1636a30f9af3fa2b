import { gates } from "./canaries/gates.mjs";
import { lintGate } from "./canaries/lint.mjs";
import { ensureInstalled } from "./ensure.mjs";
import { onNode24 } from "./node24.mjs";

await onNode24();
await ensureInstalled();

// A gate that has gone quiet looks like a gate with nothing to say: each is shown a fault here.
const results = [];
for (const gate of [lintGate, ...gates]) {
  const judged = await gate().catch((error) => [
    { title: gate.name, holds: false, output: String(error?.stack ?? error) },
  ]);
  for (const { title, holds, output } of judged) {
    process.stdout.write(`${holds ? "ok    " : "FAILED"} ${title}\n`);
    if (!holds && output) process.stdout.write(`${output.trimEnd().replaceAll(/^/gm, "       | ")}\n`);
  }
  results.push(...judged);
}

const failed = results.filter(({ holds }) => !holds).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
