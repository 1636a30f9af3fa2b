import { afterAll, beforeAll, expect, test } from "vitest";
import { ids } from "../testing/catalog.data.ts";
import { knownTenants } from "../testing/known-tenants.ts";
import { openRawServer } from "../testing/raw-http.ts";
import { openIssuer, outcomeOf } from "../testing/resolution-case.ts";
import type { Incoming } from "../transports/incoming.ts";
import { bytes } from "./bytes.data.ts";
import { trustedHops } from "./trusted-hops.ts";

let judge: (incoming: Incoming) => Promise<string>;
let server: Awaited<ReturnType<typeof openRawServer>>;
beforeAll(async () => {
  server = await openRawServer((incoming) => judge(incoming));
});
afterAll(() => server.close());

const { means } = await openIssuer();
const { store } = knownTenants();

test.each(bytes.map((row) => [titleOf(row), row] as const))(
  "%s",
  async (_title, { policy, trusts, lines, is }) => {
    const isTrustedHop = trustedHops(trusts ? ["127.0.0.1"] : []);
    judge = (incoming) => outcomeOf(incoming, { policy, store, means: { ...means, isTrustedHop } });
    expect(await server.send(lines)).toBe(is);
  },
);

function titleOf({ lines, trusts, is }: (typeof bytes)[number]): string {
  let said = JSON.stringify(lines).slice(0, 160);
  for (const [name, id] of Object.entries(ids)) said = said.replaceAll(id, name);
  return `${trusts ? "from a trusted hop" : "from a stranger"} ${said} is ${is}`;
}
