import fc from "fast-check";
import { expect, test } from "vitest";
import { catalog, ids } from "../testing/catalog.data.ts";
import { knownTenants } from "../testing/known-tenants.ts";
import { gateway, getter, openIssuer, outcomeOf, stranger } from "../testing/resolution-case.ts";
import type { Incoming } from "../transports/incoming.ts";
import { databasePerTenant, districtService, environmentRouter, headerFilter, sharedDb } from "./presets.ts";

const seed = Number(process.env.FREEHOLD_SEED ?? Math.trunc(Math.random() * 1e9));
const { means, sign } = await openIssuer();
const { store } = knownTenants();
const ofAnn = `Bearer ${await sign({ tid: ids.ann })}`;

const values = fc.oneof(
  fc.constantFrom(...catalog.flatMap(({ entry, name, host }) => [entry.tenant, name, host])),
  fc.constantFrom(
    "",
    " ",
    ",",
    "ann,bob",
    "ann, ann",
    "ANN",
    "a..b",
    "ann.test.",
    "ann.test:80",
    "xn--",
    "[::1]",
  ),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "null",
    "undefined",
    "0",
    "%00",
    "../bob",
    "//bob.test",
  ),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
);
const headerNames = fc.constantFrom(
  "x-tenant-id",
  "x-environment-id",
  "x_tenant_id",
  "tenant-id",
  "tenant-id-bin",
  "host",
  ":authority",
  "x-forwarded-host",
  "authorization",
  "__proto__",
);
const headerValues = fc.oneof(values, fc.array(values, { maxLength: 3 }));
const targets = fc.oneof(
  values,
  fc.webPath(),
  fc
    .array(
      fc.constantFrom("environments", "%65nvironments", "..", ".", "", "bob", "ann", "%2f", "\\", ids.bob),
    )
    .map((segments) => `/${segments.join("/")}`),
);

test(`5,000 requests of any kind: nobody but Ann is served by Ann's token, nobody by none (seed ${seed})`, async () => {
  const policies = [
    sharedDb,
    districtService,
    environmentRouter(),
    databasePerTenant(["api.test"]),
    headerFilter,
  ];
  const count = { served: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        policy: fc.constantFrom(...policies),
        transport: fc.constantFrom("http", "grpc", "message", "job"),
        headers: fc.array(fc.tuple(headerNames, headerValues), { maxLength: 5 }),
        path: targets,
        hasToken: fc.boolean(),
        hop: fc.boolean(),
      }),
      async ({ policy, transport, headers, path, hasToken, hop }) => {
        const carrier: Record<string, string | string[]> = Object.fromEntries([
          ["host", "api.test"],
          ...headers,
        ]);
        if (hasToken) carrier.authorization = ofAnn;
        const incoming: Incoming = {
          transport,
          carrier,
          getter,
          method: "GET",
          path,
          peer: hop ? gateway : stranger,
          bodyDigest: () => Promise.resolve(""),
        };
        const outcome = await outcomeOf(incoming, { policy, store, means });
        const isServed = outcome.includes(" by ");
        count[isServed ? "served" : "refused"] += 1;
        if (
          isServed &&
          hasToken &&
          policy.order.includes("token") &&
          (transport === "http" || transport === "grpc")
        )
          expect(outcome).toMatch(/^ann by token/);
        if (isServed && !outcome.endsWith(", unauthenticated") && !hasToken) expect(hop).toBe(true);
        if (isServed && outcome.endsWith(", unauthenticated")) expect(outcome).toMatch(/ by host/);
      },
    ),
    { seed, numRuns: 5_000 },
  );
  expect(count.served).toBeGreaterThan(100);
  expect(count.refused).toBeGreaterThan(1_000);
});
