import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./lifetime.mjs";
import { withLock } from "./lock.mjs";
import { progress, root } from "./node24.mjs";

const installMs = 300_000;
// What Debian has on the path for RabbitMQ starts it as another user, in one place for all.
const folders = {
  "rabbitmq-server": ["/usr/lib/rabbitmq/bin", "/opt/homebrew/sbin", "/usr/local/sbin"],
  "nats-server": [],
  "redis-server": [],
};
const policy = "/usr/sbin/policy-rc.d";

/**
 * Finds RabbitMQ, NATS and Redis, or those of them that are named, or installs what is missing.
 * Gives their paths, null for what cannot be had.
 */
export async function ensureBrokers(names = Object.keys(folders)) {
  if (names.some((name) => find(name) === null) && mayInstall()) {
    mkdirSync(join(root, ".cache"), { recursive: true });
    await withLock(join(root, ".cache/brokers.lock"), async () => {
      const missing = names.filter((name) => find(name) === null);
      if (missing.length > 0) await install(missing);
    });
  }
  return Object.fromEntries(names.map((name) => [name, find(name)]));
}

/** How to get what is missing, in one line; null when nothing is. */
export function sayMissing(paths) {
  const missing = Object.keys(paths).filter((name) => paths[name] === null);
  if (missing.length === 0) return null;
  return `The tests of messages need ${missing.join(", ")}: install them with "apt-get install ${missing.join(" ")}", or put them on the path.`;
}

function find(name) {
  const path = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const all = [...folders[name], ...path, "/usr/sbin", "/usr/bin"];
  return all.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

function mayInstall() {
  return (
    process.getuid?.() === 0 &&
    existsSync("/etc/os-release") &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"))
  );
}

async function install(names) {
  progress(`Getting ${names.join(", ")} once.`);
  const options = {
    quiet: true,
    timeoutMs: installMs,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  // The tests start servers of their own; the system's services stay off.
  const hadPolicy = existsSync(policy);
  if (!hadPolicy) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const updated = await run("apt-get", ["update"], options);
    const installing = ["install", "-y", "--no-install-recommends", ...names];
    if (updated.code === 0) await run("apt-get", installing, options);
  } finally {
    if (!hadPolicy) rmSync(policy, { force: true });
  }
}

if (import.meta.main) {
  const paths = await ensureBrokers();
  const missing = sayMissing(paths);
  if (missing) progress(missing);
  process.stdout.write(`${JSON.stringify(paths)}\n`);
}
