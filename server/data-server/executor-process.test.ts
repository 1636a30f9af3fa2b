import { join } from "node:path";
import { expect, test } from "vitest";
import { startExecutor, type Executor } from "./executor-process";
import { encodeFrame } from "./frames";

const program = join(import.meta.dirname, "../testing/children/babbling-executor.ts");

/** Lengths that hold, around a head that is no JSON. */
function scrambled(): Buffer {
  const frame = encodeFrame({ type: "beat" });
  return Buffer.concat([frame.subarray(0, 8), Buffer.alloc(frame.length - 8, "?")]);
}

const babble: [string, Buffer][] = [
  ["no JSON", scrambled()],
  ["a report that is none", encodeFrame({ type: "sudo" })],
  ["a report with more in it", encodeFrame({ type: "beat", since: 0 })],
];

test.each(babble)("an executor that says %s is ended, and nothing else is", async (_what, answer) => {
  const exited = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<Executor>();
  startExecutor({
    directory: answer.toString("base64"),
    program,
    handles: 1,
    onReady: (executor) => ready.resolve(executor),
    onExit: () => exited.resolve(),
  });
  const executor = await ready.promise;
  await expect(executor.run({ type: "end", stream: 1 }, "", () => {})).rejects.toMatchObject({
    code: "SQLITE_ABORT",
  });
  await exited.promise;
});
