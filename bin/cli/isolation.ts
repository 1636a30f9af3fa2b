import type { Command } from "commander";
import type { CheckOptions } from "./isolation-check";
import { isolationShow } from "./isolation-show";

export function addIsolation(program: Command): void {
  const isolation = program.command("isolation").description("whether tenants are kept apart");
  const check: Command = isolation
    .command("check")
    .description("look for what lets one tenant reach another, in any Postgres; changes nothing")
    .option("--database-url <url>", "postgresql://user@host/database; prefer DATABASE_URL for passwords")
    .option("--stdin", "read the URL from standard input")
    .option("--ca-file <file>", "the certificate that the server's is signed by")
    .option("--tenant-column <name>", "the column that says whose a row is", "tenant_id")
    .option("--app-role <role...>", "the roles that your application connects as; found if left out")
    .option("--reference <table...>", "tables that are the same for all tenants")
    .option("--current-tenant <sql>", "the expression for the tenant of a connection, for the statements")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Exit codes: 0 nothing found, 1 something found, 2 it could not run.

Examples:
  DATABASE_URL=postgresql://… freehold isolation check
  pass show database | freehold isolation check --stdin --tenant-column org_id --json
  freehold isolation check --app-role web --reference countries currencies`,
    )
    // Its rules take longer to load than most commands take.
    .action(async (options: CheckOptions) =>
      (await import("./isolation-check")).isolationCheck(options, check),
    );
  isolation
    .command("show [pool]")
    .description("how Freehold's own pools stand, and what was found in them; for operators")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExit codes: 0 no pool is broken, 1 one is.\n\nExample:\n  freehold isolation show schools",
    )
    .action(isolationShow);
}
