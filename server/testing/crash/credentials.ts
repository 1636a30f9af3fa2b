import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Db } from "@/server/db/client";
import { issueCredential } from "@/server/domain/credentials/issue";
import { revokeCredential } from "@/server/domain/credentials/revoke";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import type { EnvironmentContext } from "@/server/kernel/context";

interface Exercise {
  db: Db;
  environment: string;
  say(line: string): void;
  attempt(action: string, verb: (ctx: EnvironmentContext) => Promise<unknown>): Promise<void>;
}

const patienceMs = 60_000;

/** Issues a credential, rotates the one of services, revokes the first; what an earlier life has done stays done. */
export async function exerciseCredentials({ db, environment, say, attempt }: Exercise): Promise<void> {
  const read = () =>
    db.select().from(databaseCredential).where(eq(databaseCredential.environmentId, environment));
  const named = async (audience: "services" | "direct", status?: "active") =>
    (await read()).filter((row) => row.audience === audience && (!status || row.status === status));
  if ((await named("direct")).length === 0)
    await attempt("credential.issue", async (ctx) => {
      const { secret } = await issueCredential(ctx, {
        environment,
        name: "A tool",
        scope: "readonly",
        days: 1,
      });
      if (secret) say(`secret ${secret}`);
    });
  await rest(read);
  const services = await named("services");
  if (services.length === 1)
    for (const { id } of services)
      await attempt("credential.order_rotation", (ctx) =>
        rotateCredential(ctx, { environment, credential: id, overlapSeconds: 0 }),
      );
  await rest(read);
  for (const { id } of await named("direct", "active"))
    await attempt("credential.revoke", (ctx) =>
      revokeCredential(ctx, { environment, credential: id, reason: "crash" }),
    );
}

/** Until none is on its way in or out. */
async function rest(read: () => Promise<{ status: string }[]>): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await delay(5)) {
    const rows = await read();
    if (rows.every(({ status }) => status !== "pending" && status !== "rotating")) return;
  }
  throw new Error("Credentials are on their way after a minute.");
}
