import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
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

interface SecretSource {
  /** The variable of the environment that may hold it. */
  variable: string;
  question: string;
  /** True: it is what standard input holds. */
  stdin?: boolean;
}

/** A secret that nobody can read in a list of processes: from standard input, the environment or a person. */
export async function readSecret({ variable, question, stdin }: SecretSource): Promise<string> {
  if (stdin) return (await text(process.stdin)).replace(/\r?\n$/, "");
  const otherwise = `Set ${variable}, or pass it on standard input with --stdin.`;
  return process.env[variable] || askSecret(question, otherwise);
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
