import { spawn } from "node:child_process";

// An idle executor sees that the server is gone and ends by itself. In the middle of a statement it sees nothing.
const script = `
trap '' INT TERM HUP
alive=""
while read -r verb pid; do
  rest=""
  for other in $alive; do [ "$other" = "$pid" ] || rest="$rest $other"; done
  alive="$rest"
  [ "$verb" = add ] && alive="$alive $pid"
done
[ -z "$alive" ] || sleep 1 && kill -KILL $alive 2>/dev/null`;

export interface Guard {
  add(pid: number): void;
  remove(pid: number): void;
  /** Ends what is still alive, and itself. */
  close(): void;
}

/** A process that outlives this one, however it ends, and ends the processes that were entrusted to it. */
export function startGuard(): Guard {
  const child = spawn("/bin/sh", ["-c", script], {
    env: { NODE_ENV: "production" },
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.on("error", () => {});
  child.unref();
  return {
    add: (pid) => void child.stdin.write(`add ${pid}\n`),
    remove: (pid) => void child.stdin.write(`remove ${pid}\n`),
    close: () => void child.stdin.end(),
  };
}
