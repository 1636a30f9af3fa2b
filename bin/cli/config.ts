import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { Refused } from "./refused";

const Config = z.object({
  url: z.string().optional(),
  api_key: z.string().optional(),
  place: z.object({ organization: z.string(), environment: z.string() }).optional(),
});
export type Config = z.infer<typeof Config>;

function configPath(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "freehold", "config.json");
}

/** What `login` and `env switch` keep. Empty when there is nothing yet. */
export function readConfig(): Config {
  const path = configPath();
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  try {
    return Config.parse(JSON.parse(text));
  } catch {
    throw new Refused(`${path} is damaged. Remove it and log in again.`);
  }
}

/** Replaces the file as a whole; nobody but its owner can read it (mode 0600). */
export function writeConfig(config: Config): string {
  const path = configPath();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, path);
  return path;
}

/** Keeps these unless somebody has logged in already; gives the path of the file, or null. */
export function keepFirstAccess(url: string, apiKey: string): string | null {
  const config = readConfig();
  return config.api_key ? null : writeConfig({ ...config, url, api_key: apiKey });
}

/** Where Freehold answers and the key to it: the environment's variables first, then what `login` kept. */
export function readAccess(): { url: string; apiKey: string } {
  const config = readConfig();
  const url = process.env.FREEHOLD_URL || config.url || defaultUrl();
  const apiKey = process.env.FREEHOLD_API_KEY || config.api_key;
  if (!apiKey)
    throw new Refused(
      "Log in first: freehold login --url <address> --api-key <key>, or set FREEHOLD_API_KEY.",
    );
  return { url, apiKey };
}

export function defaultUrl(): string {
  return `http://localhost:${process.env.PORT || 3000}`;
}
