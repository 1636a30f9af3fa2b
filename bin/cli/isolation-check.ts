import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { clientConfig, withClient } from "@/server/drivers/postgres/connect";
import { parseServerUrl, type ServerUrl } from "@/server/drivers/postgres/server-url";
import { lint, type Finding, type LintReport } from "@/server/isolation/lint";
import { severities } from "@/server/isolation/rule";
import { isDomainError } from "@/server/kernel/errors";
import { readSecret } from "./ask";
import { note, oneLine, print, printJson, styled } from "./print";
import { Refused } from "./refused";

export interface CheckOptions {
  databaseUrl?: string;
  stdin?: boolean;
  caFile?: string;
  tenantColumn: string;
  appRole?: string[];
  reference?: string[];
  currentTenant?: string;
  json?: boolean;
}

/** Lints the database that the URL names. Ends with 1 when something is found, and with 2 when it could not run. */
export async function isolationCheck(options: CheckOptions, command: Command): Promise<void> {
  const report = await run(options).catch((error: unknown) => {
    // Whatever could not run is no finding.
    if (isDomainError(error) || error instanceof Refused) command.error(error.message, { exitCode: 2 });
    throw error;
  });
  if (options.json) printJson(report);
  else printReport(report);
  const { length } = report.findings;
  if (length > 0) throw new Refused(length === 1 ? "1 finding." : `${length} findings.`);
}

async function run(options: CheckOptions): Promise<LintReport> {
  const url = await readUrl(options);
  const config = clientConfig(url, url, { connectMs: 10_000, statementMs: 30_000 });
  try {
    return await withClient(config, (client) =>
      lint(client, {
        tenantColumn: options.tenantColumn,
        appRoles: options.appRole,
        reference: options.reference,
        currentTenant: options.currentTenant,
      }),
    );
  } catch (error) {
    if (isDomainError(error) || !(error instanceof Error)) throw error;
    throw new Refused(`The database could not be looked at: ${oneLine(reasonOf(error))}`);
  }
}

/** An error of several addresses has no message of its own. */
function reasonOf(error: Error): string {
  const inner =
    error instanceof AggregateError ? error.errors.find((one) => one instanceof Error) : undefined;
  return (inner instanceof Error ? inner.message : error.message) || "it does not answer.";
}

async function readUrl({ databaseUrl, stdin, caFile }: CheckOptions): Promise<ServerUrl> {
  const text =
    databaseUrl ?? (await readSecret({ variable: "DATABASE_URL", question: "Database URL: ", stdin }));
  const url = parseServerUrl(text.trim(), caFile === undefined ? undefined : readCertificate(caFile));
  if (databaseUrl !== undefined && url.password !== "")
    note("The password in --database-url can be seen in the list of processes: prefer DATABASE_URL.");
  return url;
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Refused(`The certificate ${file} cannot be read.`);
  }
}

function printReport(report: LintReport): void {
  for (const severity of severities) {
    const some = report.findings.filter((finding) => finding.severity === severity);
    if (some.length === 0) continue;
    print(styled("bold", `${severity.toUpperCase()} (${some.length})`));
    for (const finding of some) printFinding(finding);
    print("");
  }
  for (const sentence of report.unseen) print(oneLine(`Not seen: ${sentence}`));
  const roles = listed(report.appRoles);
  print(oneLine(`${report.checks} rules, ${report.tables} tables of tenants, application roles: ${roles}.`));
  if (report.findings.length === 0) print("Nothing found.");
}

/** Names for a line: a database may have a role for each tenant. */
function listed(names: string[]): string {
  const some = names.slice(0, 8).join(", ") || "none";
  return names.length > 8 ? `${some} and ${names.length - 8} more` : some;
}

function printFinding({ rule, object, problem, why, mend }: Finding): void {
  print(`  ${styled("bold", oneLine(object))}  ${styled("dim", rule)}`);
  print(`    ${oneLine(problem)} ${why}`);
  for (const statement of mend.split(/(?<=;)\n/)) print(`    ${styled("cyan", oneLine(statement))}`);
}
