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
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new Refused(`${path} cannot be read. Make it yours, or remove it and log in again.`);
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

/**
 * Keeps these unless there is a login elsewhere; gives the path of the file, or null. A login kept
 * for the same address is of an installation that is gone: this one has its first key just now.
 */
export function keepFirstAccess(url: string, apiKey: string): string | null {
  const { api_key: kept, url: at } = readConfig();
  if (kept && at !== url) return null;
  return writeConfig({ url, api_key: apiKey });
}

/** Where Freehold answers, the key to it, and where the key is from: variables first, then what `login` kept. */
export interface Access {
  url: string;
  apiKey: string;
  from: string;
}

export function readAccess(): Access {
  const config = readConfig();
  const url = process.env.FREEHOLD_URL || config.url || defaultUrl();
  const apiKey = process.env.FREEHOLD_API_KEY || config.api_key;
  const from = process.env.FREEHOLD_API_KEY ? "in FREEHOLD_API_KEY" : `kept in ${configPath()}`;
  if (!apiKey)
    throw new Refused(
      "Log in first: freehold login --url <address> --api-key <key>, or set FREEHOLD_API_KEY.",
    );
  return { url, apiKey, from };
}

export function defaultUrl(): string {
  return `http://localhost:${process.env.PORT || 3000}`;
}
