import { beforeAll, describe, expect, test } from "vitest";
import { ids } from "../testing/catalog.data.ts";
import { knownTenants } from "../testing/known-tenants.ts";
import { incomingOf, openIssuer, outcomeOf, type Row } from "../testing/resolution-case.ts";
import { agreement } from "./agreement.data.ts";
import { headers } from "./headers.data.ts";
import { hosts } from "./hosts.data.ts";
import { messages } from "./messages.data.ts";
import { paths } from "./paths.data.ts";
import { standing } from "./standing.data.ts";
import { tokens } from "./tokens.data.ts";

const tables = { agreement, headers, hosts, messages, paths, standing, tokens };

let issuer: Awaited<ReturnType<typeof openIssuer>>;
beforeAll(async () => {
  issuer = await openIssuer();
});

function titleOf({ policy, is, ...request }: Row): string {
  let said = JSON.stringify(request).slice(0, 160);
  for (const [name, id] of Object.entries(ids)) said = said.replaceAll(id, name);
  return `${policy.name}: ${said} is ${is}`;
}

describe.each(Object.entries(tables))("%s", (_subject, rows) => {
  test.each(rows.map((row) => [titleOf(row), row] as const))("%s", async (_title, row) => {
    const incoming = await incomingOf(row, issuer);
    const warm = { policy: row.policy, means: issuer.means, store: knownTenants().store };
    expect(await outcomeOf(incoming, warm)).toBe(row.is);
    expect(await outcomeOf(incoming, { ...warm, isReversed: true })).toBe(row.is);
    expect(await outcomeOf(incoming, { ...warm, store: knownTenants({ isCold: true }).store })).toBe(row.is);
  });
});

test("the tables have at least 200 rows, and none twice", () => {
  const titles = Object.values(tables).flatMap((rows) => rows.map((row) => JSON.stringify(row)));
  expect(titles.length).toBeGreaterThanOrEqual(200);
  expect(new Set(titles).size).toBe(titles.length);
});
