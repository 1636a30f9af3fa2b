import type { Command } from "commander";
import { Operation } from "./answers";
import { connect } from "./client";
import { describeStep, follow, requireSuccess, stepPrinter } from "./follow";
import { ago, print, printFacts, printJson } from "./print";

export function addOperations(program: Command): void {
  const operation = program.command("operation").description("long work, such as the creation of a database");
  operation
    .command("show <id>")
    .description("show an operation with its steps")
    .option("--json", "print JSON")
    .action(show);
  operation
    .command("watch <id>")
    .description("follow an operation to its end; exit code 1 when it fails")
    .option("--json", "print a line of JSON at every move")
    .action(watch);
}

async function show(id: string, options: { json?: boolean }): Promise<void> {
  const answer = await connect().get(`/operations/${encodeURIComponent(id)}`);
  if (options.json) {
    printJson(answer);
    return;
  }
  const operation = Operation.parse(answer);
  printFacts({
    Operation: operation.title,
    Of: operation.subject,
    Status: operation.status,
    Error: operation.error ?? "",
    By: operation.actor,
    Started: ago(operation.created_at),
    Attempts: String(operation.attempts),
  });
  for (const step of operation.steps) print(describeStep(step));
}

async function watch(id: string, options: { json?: boolean }): Promise<void> {
  const seen = options.json ? (operation: Operation) => print(JSON.stringify(operation)) : stepPrinter();
  requireSuccess(await follow(connect(), id, seen));
}
