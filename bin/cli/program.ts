import { Command } from "commander";
import { addAudit } from "./audit";
import { version } from "./client";
import { addClusters } from "./clusters";
import { addCredentials } from "./credentials";
import { addDataServer } from "./data-server";
import { addEnvironmentLimits } from "./environment-limits";
import { addEnvironmentVerbs } from "./environment-verbs";
import { addEnvironments } from "./environments";
import { addFindings } from "./findings";
import { addGateway } from "./gateway";
import { addIsolation } from "./isolation";
import { addLogin } from "./login";
import { addMembers } from "./members";
import { addOperations } from "./operations";
import { addOptions } from "./options";
import { addOrganizations } from "./organizations";
import { addPackages } from "./packages";
import { addPlacement } from "./placement";
import { addPools } from "./pools";
import { addResolve } from "./resolve";
import { addServices } from "./services";
import { addSetup } from "./setup";
import { addTokens } from "./tokens";
import { addWorker } from "./worker";

const help = `
Examples:
  freehold setup --email ann@example.com --organization Acme
  freehold login --url https://console.example.com
  freehold env create Staging --type staging --wait
  freehold env switch acme/staging
  freehold env list --json
  freehold options set checkout acme/prod --value '{"express":true}'
  freehold credential issue acme/prod --name Reports --scope readonly >> .env

FREEHOLD_URL and FREEHOLD_API_KEY stand in for login. setup, worker, data-server, audit verify
and credential rewrap work on the machine that has the control plane (FREEHOLD_DATA_DIR).

isolation check looks at any Postgres and needs no control plane. gateway is a service of Freehold's:
it needs FREEHOLD_URL and FREEHOLD_SERVICE_KEY.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 resolve: the request would be refused.`;

/** Every command. Wrong usage is thrown as a CommanderError instead of ending the process. */
export function createProgram(): Command {
  const program = new Command("freehold")
    .description("Freehold: the control plane for multi-tenant databases")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .addHelpText("after", help)
    // `--version` behind a command is the command's own.
    .enablePositionalOptions()
    .showHelpAfterError("Look at --help.")
    .exitOverride();
  addSetup(program);
  addLogin(program);
  addOrganizations(program);
  const env = program.command("env").description("environments");
  addEnvironments(env);
  addEnvironmentVerbs(env);
  addEnvironmentLimits(env);
  addCredentials(program);
  addOperations(program);
  addMembers(program);
  addAudit(program);
  addClusters(program);
  addPools(program);
  addPackages(program);
  addOptions(program);
  addPlacement(program);
  addServices(program);
  addTokens(program);
  addResolve(program);
  addFindings(program);
  addIsolation(program);
  addWorker(program);
  addDataServer(program);
  addGateway(program);
  return program;
}
