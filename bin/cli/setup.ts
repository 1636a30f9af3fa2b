import type { Command } from "commander";
import { z } from "zod";
import { withSnakeKeys } from "@/server/api/rest/keys";
import { Email } from "@/server/domain/invitations/schema";
import { CreateOrganization } from "@/server/domain/organizations/schema";
import { Name } from "@/server/domain/environments/schema";
import type { UserContext } from "@/server/kernel/context";
import { askSecret } from "./ask";
import { keepFirstAccess } from "./config";
import { openControlPlane, type ControlPlane } from "./control-plane";
import { requireSuccess, stepPrinter } from "./follow";
import { note, print, printFacts, printJson } from "./print";
import { Operation } from "./answers";
import { Refused } from "./refused";

interface Options {
  email: string;
  password?: string;
  organization: string;
  name?: string;
  json?: boolean;
}

export function addSetup(program: Command): void {
  program
    .command("setup")
    .description(
      "make the first operator, an organization and an API key, on the machine that has the control plane",
    )
    .requiredOption("--email <address>", "the operator's address")
    .option("--password <password>", "better: FREEHOLD_SETUP_PASSWORD; asked for when neither is there")
    .requiredOption("--organization <name>", "the name of the first organization")
    .option("--name <name>", "the operator's name; made from the address when left out")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nThe server may be running or not.\n\nExample:\n  freehold setup --email ann@example.com --organization Acme",
    )
    .action(setup);
}

const Input = z.strictObject({ email: Email, name: Name, organization: CreateOrganization.shape.name });

async function setup(options: Options): Promise<void> {
  const { email, organization } = options;
  const input = Input.safeParse({ email, organization, name: options.name ?? email.split("@")[0] });
  if (!input.success) throw new Refused(input.error.issues[0]?.message ?? "This cannot be used.");
  const password = await passwordFrom(options);
  const plane = await openControlPlane({ prepare: true, quiet: true });
  try {
    const made = await make(plane, { ...input.data, password }, options);
    const { env } = await import("@/server/kernel/env");
    const { baseUrl } = env();
    const keptIn = keepFirstAccess(baseUrl, made.apiKey);
    if (options.json) {
      printJson(withSnakeKeys(made));
      note(aboutKey(keptIn));
    } else tell(made, `${baseUrl} as ${input.data.email}`, keptIn);
    requireSuccess(made.operation);
  } finally {
    await plane.close();
  }
}

async function passwordFrom({ password }: Options): Promise<string> {
  const given = password ?? process.env.FREEHOLD_SETUP_PASSWORD;
  return given ?? askSecret("Password: ", "Give the password with --password or FREEHOLD_SETUP_PASSWORD.");
}

async function make(
  plane: ControlPlane,
  input: z.infer<typeof Input> & { password: string },
  options: Options,
) {
  const [
    { makeOperator },
    { startWorker },
    { createOrganization },
    { createApiKey },
    { getEnvironment },
    { openEnvironment },
  ] = await Promise.all([
    import("./make-operator"),
    import("@/server/sagas/worker"),
    import("@/server/domain/organizations/create"),
    import("@/server/domain/api-keys/create"),
    import("@/server/domain/environments/get"),
    import("@/server/domain/environments/open"),
  ]);
  const ctx = await makeOperator(plane, input);
  const worker = startWorker(plane);
  try {
    const created = await createOrganization(ctx, { name: input.organization });
    const { key } = await createApiKey(ctx, { name: "Setup", days: 90 });
    const operation = await toItsEnd(ctx, created.operation.id, options);
    const environment = await getEnvironment(await openEnvironment(ctx, created.environment.id));
    return { organization: created.organization, environment, operation, apiKey: key };
  } finally {
    await worker.stop();
  }
}

/** Waits for the operation, whichever worker has it: this process's or that of a running server. */
async function toItsEnd(ctx: UserContext, id: string, { json }: Options) {
  const { watchOperation } = await import("@/server/domain/operations/watch");
  const { getOperation } = await import("@/server/domain/operations/get");
  const printSteps = json ? () => {} : stepPrinter();
  for await (const move of watchOperation(ctx, { operation: id }, new AbortController().signal)) {
    printSteps(Operation.parse(withSnakeKeys(move)));
  }
  return getOperation(ctx, { operation: id });
}

function tell(made: Awaited<ReturnType<typeof make>>, signIn: string, keptIn: string | null): void {
  const { organization, environment, apiKey } = made;
  printFacts({
    Organization: organization.slug,
    Environment: `${organization.slug}/${environment.slug}, ${environment.status}`,
    "API key": apiKey,
    "Sign in": signIn,
  });
  print(aboutKey(keptIn));
}

function aboutKey(keptIn: string | null): string {
  return keptIn
    ? `The key is shown this once. This command line is logged in with it: ${keptIn}`
    : "The key is shown this once. This command line stays logged in where it was: freehold login";
}
