import { and, eq } from "drizzle-orm";
import { cluster, placementRule } from "@/drizzle/control/schema/clusters";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { finding } from "@/drizzle/control/schema/findings";
import { pool } from "@/drizzle/control/schema/pools";
import { builtInClusters, type ClusterState } from "@/server/domain/clusters/names";
import type { PoolState } from "@/server/domain/pools/names";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { reconcile } from "@/server/domain/findings/reconcile";
import { createInvitation } from "@/server/domain/invitations/create";
import { setOptions } from "@/server/domain/options/set";
import { publishPackage } from "@/server/domain/packages/publish";
import { addRule } from "@/server/domain/placement/add-rule";
import { AddRule } from "@/server/domain/placement/schema";
import { addService } from "@/server/domain/services/add";
import { AddService } from "@/server/domain/services/schema";
import { setRecoveryDays } from "@/server/domain/settings/set-recovery-days";
import type { UserContext } from "@/server/kernel/context";
import { databaseNameFor, poolNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { addFailed } from "./add-failed";
import { addMember } from "./add-member";
import { ordersPackage } from "./packages";
import type { World } from "./world";

/** One thing of every kind that an address can name. */
export interface Scene {
  organization: string;
  environment: string;
  slug: string;
  operation: string;
  invitation: string;
  user_id: string;
  credential: string;
  cluster: string;
  pool: string;
  rule: string;
  service: string;
  finding: string;
  database: string;
  package: string;
  version: string;
  name: string;
}

/** Scenes of one world, and what has to be so before some call of an operator `boss` goes well. */
export function createScenes(world: World, boss: UserContext) {
  let count = 0;

  /** An organization of its own; of the fleet it names what every installation has, or nothing. */
  async function scene(): Promise<Scene> {
    const { ctx, operation } = await world.organization(boss, `Scene ${++count}`);
    const organization = ctx.organization.slug;
    const staging = await createEnvironment(ctx, {
      organization,
      name: "Staging",
      slug: "staging",
      envType: "staging",
    });
    const colleague = await addMember(world, ctx, "Colleague");
    const email = `guest-${count}@example.test`;
    const invitation = await createInvitation(ctx, { organization, email, role: "member" });
    await world.settle();
    const [credential] = await world.db
      .select({ id: databaseCredential.id })
      .from(databaseCredential)
      .where(eq(databaseCredential.environmentId, staging.environment.id));
    return {
      organization,
      environment: staging.environment.id,
      slug: "staging",
      operation: operation.id,
      invitation: invitation.id,
      user_id: String(colleague.user.id),
      credential: credential?.id ?? "",
      cluster: builtInClusters.files,
      pool: newId(),
      rule: newId(),
      service: newId(),
      finding: newId(),
      database: "",
      package: "com.example.none",
      version: "1.0.0",
      name: "checkout",
    };
  }

  const staging = (at: Scene) => world.inEnvironment(boss, at.environment);

  return {
    scene,
    /** Two versions of a set of options; addresses name the first. */
    async setOptions(at: Scene): Promise<void> {
      const ctx = await staging(at);
      const input = { environment: at.environment, name: at.name, reason: "" };
      await setOptions(ctx, { ...input, value: { express: true }, expectedVersion: 0 });
      await setOptions(ctx, { ...input, value: { maxItems: { perOrder: 5 } }, expectedVersion: 1 });
      at.version = "1";
    },
    suspend: async (at: Scene) =>
      suspendEnvironment(await staging(at), { environment: at.environment, reason: "" }),
    /** Deletes staging and leaves it time to be recovered. */
    async delete(at: Scene): Promise<void> {
      await setRecoveryDays(boss, { days: 7 });
      await deleteEnvironment(await staging(at), { environment: at.environment, confirm: at.slug });
      await setRecoveryDays(boss, { days: 0 });
    },
    async addFailed(at: Scene): Promise<void> {
      at.environment = await addFailed(world, at.environment);
    },
    /** A cluster that nothing lands on. */
    cluster: (state: ClusterState) => async (at: Scene) => {
      at.cluster = newId();
      const now = new Date();
      await world.db.insert(cluster).values({
        id: at.cluster,
        slug: `elsewhere-${count}`,
        name: "Elsewhere",
        driver: "postgres",
        region: "eu-west",
        state,
        capacity: 0,
        createdAt: now,
        updatedAt: now,
      });
    },
    /** A pool that is in the registry only. */
    pool: (state: PoolState) => async (at: Scene) => {
      at.pool = newId();
      const now = new Date();
      await world.db.insert(pool).values({
        id: at.pool,
        slug: at.pool,
        name: "Pool",
        clusterId: builtInClusters.postgres,
        databaseName: poolNameFor(at.pool),
        state,
        createdAt: now,
        updatedAt: now,
      });
    },
    async addRule(at: Scene): Promise<void> {
      at.rule = (await addRule(boss, AddRule.parse({ name: "Files", driver: "sqlite" }))).id;
    },
    dropRules: () => world.db.delete(placementRule),
    async addService(at: Scene): Promise<void> {
      at.service = (await addService(boss, AddService.parse({ name: "Orders" }))).service.id;
    },
    publish:
      (options: { draft: boolean }) =>
      async (at: Scene): Promise<void> => {
        const { package: name } = await publishPackage(boss, {
          ...ordersPackage(`orders${++count}`, at.version),
          ...options,
        });
        at.package = name;
      },
    /** A database that carries a stamp and that nobody registered. */
    async addOrphan(at: Scene): Promise<void> {
      const tenant = environmentId(newId());
      at.database = databaseNameFor(tenant);
      await (await world.files()).createDatabase({ tenant, databaseName: at.database });
      await reconcile({ ...boss, drivers: world.drivers });
      const [row] = await world.db
        .select({ id: finding.id })
        .from(finding)
        .where(and(eq(finding.kind, "orphan"), eq(finding.databaseName, at.database)));
      at.finding = row?.id ?? "";
    },
  };
}
