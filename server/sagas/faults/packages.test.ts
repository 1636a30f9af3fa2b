import { afterAll, beforeAll, expect, test } from "vitest";
import { and, eq } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { installPackage } from "@/server/domain/packages/install";
import { getPackageRow } from "@/server/domain/packages/row";
import { publishPackage } from "@/server/domain/packages/publish";
import { databaseNameFor } from "@/server/kernel/database-name";
import type { UserContext } from "@/server/kernel/context";
import { readOperation } from "@/server/testing/attempts";
import { faultKinds, type FaultKind } from "@/server/testing/faults/inject";
import { openFileFaults, type FaultWorld } from "@/server/testing/faults/world";
import { ordersPackage } from "@/server/testing/packages";

let world: FaultWorld;
let olga: UserContext;
beforeAll(async () => {
  world = await openFileFaults();
  olga = await world.person("Olga", { isOperator: true });
});
afterAll(() => world.end());

const calls = ["installPackage", "listInstallations"] as const;
const givesUp = new Set<FaultKind>(["is refused before", "is refused after", "keeps breaking"]);
const cases = calls.flatMap((call, at) => faultKinds.map((kind) => [call, kind, at] as const));

let next = 0;

test.each(cases)(
  "%s %s: the registry says what the database has, and again makes it whole",
  async (_, kind, at) => {
    const slug = `p-${next}`;
    const name = `faulty${next++}`;
    const { id } = await world.order(slug);
    await world.drive();
    await publishPackage(olga, ordersPackage(name, "1.1.0"));
    const here = await world.inEnvironment(world.ann, id);
    const input = { environment: here.environment.id, package: `com.example.${name}` };
    world.faults.arm({ at, kind });
    const { operation } = await installPackage(here, input);
    await world.drive();
    world.faults.disarm();
    const expected = givesUp.has(kind) ? "failed" : "succeeded";
    expect((await readOperation(world, operation.id)).status).toBe(expected);
    // Trying the secrets would leave traces of their use in the middle of the next case.
    expect(await world.remains()).toEqual([]);

    const owner = await getPackageRow(world.db, input.package);
    const isPlace = and(
      eq(environmentPackage.environmentId, here.environment.id),
      eq(environmentPackage.packageId, owner.id),
    );
    const read = () => world.db.select().from(environmentPackage).where(isPlace);
    const [before] = await read();
    expect(before?.status).toBe(expected === "failed" ? "failed" : "installed");
    expect(before?.observedVersionId === null).toBe(expected === "failed");

    await installPackage(here, input);
    await world.drive();
    expect(await read()).toMatchObject([
      { status: "installed", problem: "", observedVersionId: before?.desiredVersionId },
    ]);
    const identity = { tenant: here.environment.id, databaseName: databaseNameFor(here.environment.id) };
    expect(await world.driver.listInstallations(identity)).toMatchObject([
      { version: "1.1.0", status: "installed" },
    ]);
    const entries = await world.db
      .select({ action: auditEntry.action })
      .from(auditEntry)
      .where(and(eq(auditEntry.subjectId, owner.id), eq(auditEntry.environmentId, id)));
    expect(entries.map(({ action }) => action)).toEqual([
      "package.order_install",
      expected === "failed" ? "package.fail" : "package.install",
      "package.order_install",
      "package.install",
    ]);
  },
);
