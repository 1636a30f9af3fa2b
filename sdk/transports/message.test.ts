import { expect, test } from "vitest";
import { collectHints } from "../resolution/collect.ts";
import type { ResolutionPolicy } from "../resolution/policy.ts";
import { dedicatedSingleTenant, sharedDb } from "../resolution/presets.ts";
import { resolve } from "../resolution/resolve.ts";
import type { TenantEntry } from "../stores/tenant-store.ts";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import type { TenantResolver } from "./incoming.ts";
import { incomingJob, sealJob } from "./jobs.ts";
import { resolveMessage } from "./message.ts";

const world = new MessageWorld();

/** Knows tenant A alone. */
function resolverOf(policy: ResolutionPolicy): TenantResolver {
  const where = {
    isolation: "shared",
    driver: "postgres",
    region: "eu",
    status: "active",
    epoch: 1,
  } as const;
  const entry: TenantEntry = { tenant: tenantA, organization: "school", environment: "prod", ...where };
  const store = { peek: () => entry, find: () => Promise.resolve(entry) };
  const means = { verifyContext: world.verify, isTrustedHop: () => false, contributors: [] };
  return {
    async resolve(incoming) {
      const { hints, subject } = await collectHints(incoming, policy, means);
      return resolve(hints, policy, store, subject);
    },
  };
}

const whose = async (policy: ResolutionPolicy, tenant: string, change: Record<string, string> = {}) => {
  const envelope = await sealJob(world.context(tenant), world.sender, { queue: "q", payload: 1 });
  const sent = { ...envelope, headers: { ...envelope.headers, ...change } };
  return resolveMessage(resolverOf(policy), incomingJob("q", sent));
};

test("a policy that believes messages without proof gets none", async () => {
  const believing: ResolutionPolicy = { ...sharedDb, order: ["message"], unauthenticated: ["message"] };
  await expect(whose(believing, tenantA)).rejects.toMatchObject({ code: "tenant_required" });
  await expect(whose(sharedDb, tenantA)).resolves.toMatchObject({ tenant: tenantA, decidedBy: "context" });
});

test("an installation for one tenant, strict or not, handles no message of another one", async () => {
  for (const strict of [true, false]) {
    const policy = dedicatedSingleTenant(tenantA, { strict });
    await expect(whose(policy, tenantB)).rejects.toMatchObject({ code: "tenant_conflict" });
    await expect(whose(policy, tenantA)).resolves.toMatchObject({ tenant: tenantA });
  }
});

test("a message of a service that is not strict about its one tenant still says whose it is", async () => {
  const policy = dedicatedSingleTenant(tenantA, { strict: false });
  await expect(whose(policy, tenantA, { "tenant-id": "" })).rejects.toMatchObject({ code: "invalid" });
  await expect(whose(policy, tenantA, { "x-freehold-context": "" })).rejects.toMatchObject({
    code: "invalid",
  });
});
