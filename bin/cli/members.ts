import type { Command } from "commander";
import { Member } from "./answers";
import { connect } from "./client";
import { printList, withListOptions, type ListOptions } from "./pages";
import { getEnvironment, organizationOf } from "./place";
import { ago } from "./print";

export function addMembers(program: Command): void {
  const member = program.command("member").description("people and their roles");
  withListOptions(member.command("list").description("list the members of an organization or an environment"))
    .option("-o, --organization <slug>", "of which organization")
    .option("-e, --environment <environment>", "of an environment instead")
    .option("--role <role>", "only with this role")
    .action(list);
}

async function list(
  options: ListOptions & { organization?: string; environment?: string; role?: string },
): Promise<void> {
  const client = connect();
  const path = options.environment
    ? `/environments/${(await getEnvironment(client, options.environment)).id}/members`
    : `/organizations/${encodeURIComponent(await organizationOf(client, options.organization))}/members`;
  await printList(client, { path, query: { role: options.role } }, options, {
    row: Member,
    head: ["NAME", "EMAIL", "ROLE", "JOINED"],
    cells: (row) => [row.name, row.email, row.role, ago(row.joined_at)],
    empty: "There is nobody.",
  });
}
