import "@/server/testing/door-settings";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { setOptions } from "@/server/domain/options/set";
import { createDoorWorld } from "@/server/testing/door-world";
import { createFreehold } from "../freehold.ts";
import { databasePerTenant } from "../resolution/presets.ts";
import { defineOptions } from "./define-options.ts";

const Checkout = z.object({ perOrder: z.number().max(100) });
const checkout = defineOptions("checkout", Checkout, { perOrder: 10 });

let world: Awaited<ReturnType<typeof createDoorWorld>>;
beforeAll(async () => {
  world = await createDoorWorld();
}, 60_000);
afterAll(() => world.end());

test("a service that is connected has its tenants' options, as they are now", async () => {
  const { key } = await world.service("Orders");
  const here = await world.activeEnvironment();
  const { url } = world.door;
  const freehold = createFreehold({ url, key, service: "Orders", policy: databasePerTenant([]) });
  const context = { tenant: String(here.environment.id) };
  try {
    await freehold.publishOptions(checkout, z.toJSONSchema(Checkout));
    await freehold.store.find({ by: "id", value: context.tenant });
    expect(await freehold.options(checkout).for(context)).toMatchObject({ from: "defaults" });
    const overlay = {
      environment: here.environment.id,
      name: "checkout",
      value: { perOrder: 50 },
      reason: "",
    };
    await setOptions(here, { ...overlay, expectedVersion: 0 });
    await vi.waitFor(
      async () => expect((await freehold.options(checkout).for(context)).value).toEqual({ perOrder: 50 }),
      { timeout: 10_000 },
    );
    const tooMany = setOptions(here, { ...overlay, value: { perOrder: 500 }, expectedVersion: 1 });
    await expect(tooMany).rejects.toMatchObject({ code: "invalid" });
  } finally {
    await freehold.close({ drainMs: 0 });
  }
});
