import type { Command } from "commander";
import { confirm } from "./ask";
import { print, printJson } from "./print";

export interface DangerOptions {
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
}

/** The options of a verb that asks before it acts. */
export function dangerous(command: Command): Command {
  return command
    .option("--dry-run", "say what would happen, and do nothing")
    .option("-y, --yes", "do it without being asked")
    .option("--json", "print JSON");
}

interface Danger extends DangerOptions {
  action: string;
  /** What it is done to, for programs. */
  to: Record<string, string>;
  /** What is about to happen, as a sentence. */
  about: string;
  /** What must be typed; a plain yes when left out. */
  word?: string;
}

/** Says what would happen, or asks; false when it was only to be said. */
export async function mayGoOn({ action, to, about, word, ...options }: Danger): Promise<boolean> {
  if (!options.dryRun) {
    await confirm({ ...options, about, ...(word === undefined ? {} : { word }) });
    return true;
  }
  if (options.json) printJson({ dry_run: true, action, ...to, about });
  else print(`Nothing was changed. Without --dry-run: ${about}`);
  return false;
}
