import type { Command } from "commander";
import { AuditEntry } from "./answers";
import { connect } from "./client";
import { printList, withListOptions, type ListOptions } from "./pages";
import { getEnvironment, organizationOf } from "./place";
import { ago } from "./print";

export function addAudit(program: Command): void {
  const audit = program.command("audit").description("who did what");
  withListOptions(audit.command("list").description("list audit entries, the newest first"))
    .option("-o, --organization <slug>", "of which organization")
    .option("-e, --environment <environment>", "of one environment")
    .option("--action <action>", "only of this action, such as environment.suspend")
    .action(list);
  audit
    .command("verify")
    .description("recompute every chain of the audit trail, on the machine that has the control plane")
    .option("-o, --organization <slug>", "only this organization's chain")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExit code 1 when a chain does not hold.\n\nExample:\n  freehold audit verify --json",
    )
    // The database's schema takes longer to load than most commands take.
    .action(async (options: { organization?: string; json?: boolean }) =>
      (await import("./audit-verify")).verify(options),
    );
}

async function list(
  options: ListOptions & { organization?: string; environment?: string; action?: string },
): Promise<void> {
  const client = connect();
  const path = options.environment
    ? `/environments/${(await getEnvironment(client, options.environment)).id}/audit`
    : `/organizations/${encodeURIComponent(await organizationOf(client, options.organization))}/audit`;
  await printList(client, { path, query: { action: options.action } }, options, {
    row: AuditEntry,
    head: ["SEQ", "WHEN", "ACTION", "OF", "BY", "DOOR"],
    cells: (row) => [String(row.seq), ago(row.at), row.action, row.subject.label, row.actor.label, row.door],
    empty: "There are no such entries.",
  });
}
