import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { note } from "./print";
import { Refused } from "./refused";

const isTerminal = () => process.stdin.isTTY && process.stderr.isTTY;

async function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const line = createInterface({ input: process.stdin, output, terminal: true });
  const closed = new Promise<never>((_, reject) =>
    line.once("close", () => reject(new Refused("Nothing was changed."))),
  );
  try {
    return await Promise.race([line.question(question), closed]);
  } finally {
    line.close();
  }
}

/** Asks without showing what is typed. Refuses where there is nobody to ask. */
export async function askSecret(question: string, otherwise: string): Promise<string> {
  if (!isTerminal()) throw new Refused(otherwise);
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await ask("", silent);
  } finally {
    process.stderr.write("\n");
  }
}

export interface Confirmation {
  yes?: boolean;
  /** What is about to happen, as a sentence. */
  about: string;
  /** What must be typed; a plain yes when left out. */
  word?: string;
}

/** Goes on only with `--yes` or the right answer of a person at a terminal. */
export async function confirm({ yes, about, word }: Confirmation): Promise<void> {
  if (yes) return;
  if (!isTerminal()) throw new Refused(`${about} Add --yes to do it without being asked.`);
  const wanted = word ?? "yes";
  note(about);
  const answer = await ask(`Type ${wanted} to go on: `, process.stderr);
  if (answer.trim() !== wanted) throw new Refused("Nothing was changed.");
}
