import { cluster } from "@/drizzle/control/schema/clusters";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { finding } from "@/drizzle/control/schema/findings";
import { member } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import { pool } from "@/drizzle/control/schema/pools";
import { builtInClusters } from "@/server/domain/clusters/names";
import { getDatabaseRow } from "@/server/domain/environments/home";
import { newId } from "@/server/kernel/ids";
import type { Console } from "./console";
import type { Belongings } from "./inputs";
import { ordersPackage } from "./packages";

type Headers = Record<string, string>;

interface Owners {
  operator: Headers;
  owner: Headers;
  organization: { id: string; slug: string };
  environment: string;
  /** Who is invited, and is not yet a member. */
  guest: string;
}

interface Made {
  id: string;
  link: string;
  service: { id: string };
}

/** Something of everything that a procedure may be asked for, in a state in which most verbs refuse. */
export async function makeBelongings(console: Console, owners: Owners): Promise<Belongings> {
  const { operator, owner } = owners;
  async function order(who: Headers, path: string, input: object): Promise<Made> {
    const answer = await console.call(who, path, input, "mutation");
    if (answer.error) throw new Error(`${path}: ${answer.error.message}`);
    return answer.value as Made;
  }
  const organization = owners.organization.slug;
  const draft = ordersPackage("drafted", "1.0.0");
  await order(operator, "packages.publish", { ...draft, draft: true });
  const { link, id } = await order(owner, "invitations.create", {
    organization,
    email: owners.guest,
    role: "member",
  });
  const ended = await order(owner, "invitations.create", {
    organization,
    email: "nobody@example.test",
    role: "member",
  });
  await order(owner, "invitations.revoke", { organization, invitation: ended.id });
  const rule = { driver: "sqlite", isEnabled: false };
  return {
    draft: "com.example.drafted",
    invitation: { invitation: id, token: new URL(link).searchParams.get("token") ?? "" },
    endedInvitation: ended.id,
    credential: await insertEnded(console, owners),
    apiKey: (await order(owner, "apiKeys.create", { name: "Spare" })).id,
    rules: [
      (await order(operator, "placement.addRule", { ...rule, name: "One" })).id,
      (await order(operator, "placement.addRule", { ...rule, name: "Other" })).id,
    ],
    service: (await order(operator, "services.add", { name: "Spare" })).service.id,
    ...(await insertPlaces(console)),
    spares: await insertSpares(console, owners),
  };
}

/** A credential that was revoked. */
async function insertEnded({ db }: Console, { organization, environment }: Owners): Promise<string> {
  const id = newId();
  const now = new Date();
  const database = await getDatabaseRow(db, environment);
  await db.insert(databaseCredential).values({
    id,
    seriesId: id,
    generation: 1,
    databaseId: database.id,
    environmentId: environment,
    organizationId: organization.id,
    audience: "direct",
    name: "Old",
    scope: "readonly",
    status: "revoked",
    issuedAt: now,
    revokedAt: now,
    createdBy: "Owner",
  });
  return id;
}

/** A cluster and a pool that are not there, and a database that nobody owns. */
async function insertPlaces({ db }: Console) {
  const made = { createdAt: new Date(), updatedAt: new Date() };
  const [clusterId, poolId, orphan] = [newId(), newId(), newId()];
  await db.insert(cluster).values({
    ...made,
    id: clusterId,
    slug: "leaving",
    name: "Leaving",
    driver: "postgres",
    region: "us-east",
    state: "draining",
  });
  await db.insert(pool).values({
    ...made,
    id: poolId,
    slug: "coming",
    name: "Coming",
    clusterId,
    databaseName: "pool_coming",
    state: "creating",
  });
  await db.insert(finding).values({
    id: orphan,
    kind: "orphan",
    driver: "sqlite",
    clusterId: builtInClusters.files,
    databaseName: "env_orphan",
    tenant: newId(),
    subject: "env_orphan",
    problem: "Nobody owns it.",
    sizeBytes: 1,
    seenAt: new Date(),
  });
  return { cluster: clusterId, pool: poolId, orphan };
}

/** Members that can be removed, one for each time that somebody tries. */
async function insertSpares({ db }: Console, { organization, environment }: Owners): Promise<string[]> {
  const ids = Array.from({ length: 64 }, () => newId());
  const createdAt = new Date();
  const base = { organizationId: organization.id, createdAt };
  await db
    .insert(user)
    .values(
      ids.map((id) => ({ id, name: "Spare", email: `${id}@example.test`, createdAt, updatedAt: createdAt })),
    );
  await db
    .insert(member)
    .values(ids.map((userId) => ({ ...base, id: newId(), userId, role: "member" as const })));
  await db.insert(environmentMember).values(
    ids.map((userId) => ({
      ...base,
      id: newId(),
      environmentId: environment,
      userId,
      role: "env_viewer" as const,
    })),
  );
  return ids;
}
