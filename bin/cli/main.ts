import { CommanderError } from "commander";
import { z } from "zod";
import { isDomainError } from "@/server/kernel/errors";
import { note } from "./print";
import { createProgram } from "./program";
import { Refused } from "./refused";

// A reader such as head may leave early; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const code = await run(process.argv);
// A pipe takes what is printed bit by bit: an exit before that would cut it off.
process.stdout.write("", () => process.exit(code));

async function run(argv: string[]): Promise<number> {
  try {
    await createProgram().parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    note(
      error instanceof Refused || isDomainError(error)
        ? error.message
        : `Something went wrong: ${describe(error)}`,
    );
    return error instanceof Refused ? error.exitCode : 1;
  }
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError)
    return "Freehold's answer is not understood. The server may be of another version than this command.";
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
