import { eq } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { member } from "@/drizzle/control/schema/organizations";
import { environmentRoles, type EnvironmentRole, type OrganizationRole } from "@/server/kernel/roles";
import { newId } from "@/server/kernel/ids";
import { makeBelongings } from "./belongings";
import { browser, type Console, type SignedUp } from "./console";
import type { Names } from "./inputs";
import type { Caller } from "./matrix";
import { ordersPackage } from "./packages";

/** Two organizations and everyone who may ask for something in them, signed in through the real doors. */
export interface Cast {
  /** The headers that make a request the caller's. */
  headers: Record<Caller, Record<string, string>>;
  people: Partial<Record<Caller, SignedUp>>;
  names: Names;
  apiKey: string;
}

interface Made {
  organization: { id: string; slug: string };
  environment: { id: string };
  operation: { id: string };
}

const environmentCallers = ["envAdmin", "maker", "user", "viewer"] as const;

export async function assembleCast(console: Console): Promise<Cast> {
  const operator = await console.signUp("Operator");
  const owner = await console.signUp("Owner");
  const ownerOfB = await console.signUp("Neighbour");
  const people: Partial<Record<Caller, SignedUp>> = {
    operator,
    owner,
    ownerOfB,
    stranger: await console.signUp("Stranger"),
  };
  const a = await createOrganization(console, owner, "Organization A");
  await createOrganization(console, ownerOfB, "Organization B");
  const staging = await console.call(
    browser(owner.cookie),
    "environments.create",
    { organization: a.organization.slug, name: "Asleep", slug: "asleep", envType: "staging" },
    "mutation",
  );
  const suspended = (staging.value as Made).environment.id;
  await console.call(
    browser(owner.cookie),
    "options.set",
    { environment: a.environment.id, name: "checkout", value: { express: true }, expectedVersion: 0 },
    "mutation",
  );
  await console.worker.drain();
  await console.call(browser(owner.cookie), "environments.suspend", { environment: suspended }, "mutation");
  const joining = ["admin", "member", ...environmentCallers] as const;
  for (const caller of joining) people[caller] = await console.signUp(caller);
  const belongings = await makeBelongings(console, {
    operator: browser(operator.cookie),
    owner: browser(owner.cookie),
    organization: a.organization,
    environment: a.environment.id,
    guest: people.viewer?.email ?? "",
  });
  for (const caller of joining) {
    await join(console, a.organization.id, people[caller], caller === "admin" ? "admin" : "member");
  }
  for (const [n, caller] of environmentCallers.entries()) {
    for (const id of [a.environment.id, suspended])
      await give(
        console,
        { organization: a.organization.id, environment: id },
        people[caller],
        environmentRoles[n],
      );
  }
  await console.call(
    browser(operator.cookie),
    "packages.publish",
    ordersPackage("orders", "1.0.0"),
    "mutation",
  );
  const key = await console.call(
    browser(owner.cookie),
    "apiKeys.create",
    { name: "Of the owner" },
    "mutation",
  );
  const apiKey = (key.value as { key: string }).key;
  const signedIn = Object.entries(people).map(([caller, person]) => [caller, browser(person.cookie)]);
  return {
    headers: {
      ...Object.fromEntries(signedIn),
      nobody: browser(),
      key: { authorization: `Bearer ${apiKey}` },
    } as Cast["headers"],
    people,
    apiKey,
    names: {
      ...belongings,
      organization: a.organization.slug,
      organizationId: a.organization.id,
      slug: "prod",
      environment: a.environment.id,
      suspended,
      operation: a.operation.id,
      viewer: people.viewer?.id ?? "",
      entry: await anEntryOf(console, a.organization.id),
      package: "com.example.orders",
    },
  };
}

async function anEntryOf(console: Console, organizationId: string): Promise<string> {
  const [entry] = await console.db
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(eq(auditEntry.chain, organizationId))
    .limit(1);
  return entry?.id ?? "";
}

async function createOrganization(console: Console, owner: SignedUp, name: string): Promise<Made> {
  const answer = await console.call(browser(owner.cookie), "organizations.create", { name }, "mutation");
  if (answer.error) throw new Error(`${name}: ${answer.error.message}`);
  return answer.value as Made;
}

async function join(
  console: Console,
  organizationId: string,
  person: SignedUp | undefined,
  role: OrganizationRole,
): Promise<void> {
  if (!person) throw new Error("Every role needs its person.");
  await console.db
    .insert(member)
    .values({ id: newId(), organizationId, userId: person.id, role, createdAt: new Date() });
}

async function give(
  console: Console,
  where: { organization: string; environment: string },
  person: SignedUp | undefined,
  role: EnvironmentRole | undefined,
): Promise<void> {
  if (!person || !role) throw new Error("Every role needs its person.");
  await console.db.insert(environmentMember).values({
    id: newId(),
    environmentId: where.environment,
    organizationId: where.organization,
    userId: person.id,
    role,
    createdAt: new Date(),
  });
}
