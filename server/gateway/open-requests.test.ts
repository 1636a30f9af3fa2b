import { expect, onTestFinished, test } from "vitest";
import { FreeholdError } from "@/sdk/errors/freehold-error";
import type { GatewayStore } from "./means";
import { createOpenRequests } from "./open-requests";

const tenant = "11111111-1111-4111-8111-111111111111";

/** The reasons that a tenant's open request is cut for when something of it has changed. */
async function reasonFor(find: GatewayStore["find"]): Promise<unknown> {
  let changed: (tenant: string | null) => void = () => {};
  const open = createOpenRequests({ find, onChange: (listener) => ((changed = listener), () => {}) });
  onTestFinished(() => open.stop());
  const cut = Promise.withResolvers<unknown>();
  open.add(tenant, cut.resolve);
  changed(tenant);
  return cut.promise;
}

const refused = new FreeholdError("not_found", "No such tenant.");
const away = new FreeholdError("unavailable", "Nobody answers.");

test.each<[string, GatewayStore["find"], string]>([
  ["is not there any longer", () => Promise.resolve(null), "tenant_inactive"],
  ["is refused", () => Promise.reject(refused), "not_found"],
  ["cannot be asked about", () => Promise.reject(away), "unavailable"],
  ["is asked about in vain", () => Promise.reject(new TypeError("fetch failed")), "unavailable"],
])("what is open for a tenant that %s is cut for that reason", async (_, find, code) => {
  expect(await reasonFor(find)).toMatchObject({ code });
});
