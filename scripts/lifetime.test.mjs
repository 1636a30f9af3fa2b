import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";

const lifetime = new URL("lifetime.mjs", import.meta.url).href;
// Runs a child that says its pid and then stays for ever.
const program = `import { run } from ${JSON.stringify(lifetime)}; await run(process.execPath, ["-e", "console.log(process.pid); setInterval(() => undefined, 1000)"]);`;

async function start(env, command = process.execPath, args = ["--input-type=module", "-e", program]) {
  const process_ = spawn(command, args, {
    env: { ...process.env, npm_lifecycle_event: undefined, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [pid] = await once(process_.stdout, "data");
  return { process_, pid: Number(String(pid)) };
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const expectGone = (pid) =>
  vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000, interval: 20 });

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
])("%s ends the process and what it runs", async (signal, code) => {
  const { process_, pid } = await start({});
  process_.kill(signal);
  const [ended] = await once(process_, "exit");
  expect(ended).toBe(code);
  await expectGone(pid);
});

test("it waits for the slowest of what it stops, and ends with the code that one gives", async () => {
  const stops = `import { whenEnding } from ${JSON.stringify(lifetime)};
    whenEnding(() => 0);
    whenEnding(async () => {
      for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
      console.log("closed");
    });
    setInterval(() => undefined, 1000);
    console.log(process.pid);`;
  const { process_ } = await start({}, process.execPath, ["--input-type=module", "-e", stops]);
  const said = text(process_.stdout);
  process_.kill("SIGTERM");
  const [code] = await once(process_, "exit");
  expect([code, await said]).toEqual([0, "closed\n"]);
});

test("under npm, it ends when the shell that npm started is killed", async () => {
  const shell = `${process.execPath} --input-type=module -e '${program}'; true`;
  const { process_, pid } = await start({ npm_lifecycle_event: "start" }, "sh", ["-c", shell]);
  process_.kill("SIGKILL");
  await expectGone(pid);
});
