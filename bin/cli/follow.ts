import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { Operation } from "./answers";
import type { Client } from "./client";
import { print, printJson, styled } from "./print";
import { Refused } from "./refused";

const isOver = ({ status }: Operation) => status === "succeeded" || status === "failed";
const mostBreaks = 30;

/** Hands every move of the operation to `seen` until it has ended. A stream that breaks is taken up again. */
export async function follow(
  client: Client,
  id: string,
  seen: (operation: Operation) => void,
): Promise<Operation> {
  for (let breaks = 0; breaks < mostBreaks; breaks++) {
    const last = await followOnce(client, id, seen).catch((error: unknown) => {
      if (error instanceof Refused && breaks === 0) throw error;
    });
    if (last && isOver(last)) return last;
    await delay(1000);
  }
  throw new Refused(
    `The connection keeps breaking. The work goes on; look again with: freehold operation show ${id}`,
  );
}

async function followOnce(
  client: Client,
  id: string,
  seen: (operation: Operation) => void,
): Promise<Operation | undefined> {
  let last: Operation | undefined;
  for await (const event of client.events(`/operations/${encodeURIComponent(id)}/events`)) {
    last = Operation.parse(event);
    seen(last);
  }
  return last;
}

/** Prints each step once it is over. */
export function stepPrinter(): (operation: Pick<Operation, "steps">) => void {
  const printed = new Set<string>();
  return ({ steps }) => {
    for (const step of steps) {
      const key = `${step.name} ${step.status} ${step.finished_at}`;
      if (step.status === "pending" || step.status === "running" || printed.has(key)) continue;
      printed.add(key);
      print(describeStep(step));
    }
  };
}

const marks = { pending: "·", running: "…", succeeded: "✓", failed: "✗", undone: "↶" };
const colours = {
  pending: "dim",
  running: "dim",
  succeeded: "green",
  failed: "red",
  undone: "yellow",
} as const;

export function describeStep(step: Operation["steps"][number]): string {
  const took =
    step.started_at && step.finished_at ? Date.parse(step.finished_at) - Date.parse(step.started_at) : null;
  const words = [
    step.title,
    step.status === "undone" ? "taken back" : "",
    step.error ?? step.detail ?? "",
    took === null ? "" : `${took} ms`,
  ];
  return `${styled(colours[step.status], marks[step.status])} ${words.filter(Boolean).join(" · ")}`;
}

/** Throws when the operation has failed. */
export function requireSuccess(operation: Pick<Operation, "id" | "title" | "status" | "error">): void {
  if (operation.status === "failed") {
    throw new Refused(
      `${operation.title} failed: ${operation.error ?? "no reason is known."} (operation ${operation.id})`,
    );
  }
}

const Answer = z.looseObject({
  operation: z.object({ id: z.string() }),
  environment: z.object({ id: z.string() }).optional(),
});

/** Ends a command that ordered long work: with `wait` by following it, otherwise by saying how to. */
export async function conclude(
  client: Client,
  answer: unknown,
  options: { wait?: boolean; json?: boolean },
): Promise<void> {
  const { operation, environment, ...rest } = Answer.parse(answer);
  if (!options.wait) {
    if (options.json) printJson(answer);
    else print(`It is under way. Follow it: freehold operation watch ${operation.id}`);
    return;
  }
  const ended = await follow(client, operation.id, options.json ? () => {} : stepPrinter());
  if (options.json) {
    const now = environment ? { environment: await client.get(`/environments/${environment.id}`) } : {};
    printJson({ ...rest, ...now, operation: ended });
  }
  requireSuccess(ended);
}
