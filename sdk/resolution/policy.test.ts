import { expect, test } from "vitest";
import { knownTenants } from "../testing/known-tenants.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { presetNamed } from "./preset-named.ts";
import { presetNames } from "./preset-names.ts";
import { configurationFirst, sharedDb } from "./presets.ts";
import { resolve } from "./resolve.ts";

const mistakes: readonly [string, Partial<ResolutionPolicy>][] = [
  ["a source twice", { order: ["token", "header", "token"] }],
  ["a static tenant that is none", { static: { tenant: "Ann", strict: true } }],
  ["a default tenant that is none", { default: "" }],
  ["a header in upper case", { headers: ["X-Tenant-Id"] }],
  ["a header with an underscore", { headers: ["x_tenant_id"] }],
  ["a shared host that is none", { sharedHosts: ["http://api.test"] }],
  ["a path without a tenant", { path: "/environments" }],
  ["a path with two", { path: "/:tenant/:tenant" }],
  ["a path that begins with no slash", { path: "environments/:tenant" }],
  ["a path in upper case", { path: "/Environments/:tenant" }],
  ["a token that is required and not listed", { order: ["header"], requireToken: true }],
];

test.each(mistakes)("a policy with %s is a mistake", async (_what, wrong) => {
  await expect(resolve([], { ...sharedDb, ...wrong }, knownTenants().store)).rejects.toThrow(TypeError);
});

test("every preset says for itself whom it believes", () => {
  const presets = presetNames.map((preset) => {
    const tenant = preset === "dedicatedSingleTenant" ? "ann" : undefined;
    return presetNamed({ preset, tenant, strict: true, sharedHosts: [], readsHosts: true });
  });
  presets.push(configurationFirst({ requireClaim: true }));
  const table = presets.map(({ name, order, unauthenticated, requireToken }) => {
    const token = requireToken ? ", a token is required" : "";
    const alone = unauthenticated.length > 0 ? `; unproven: ${unauthenticated.join(", ")}` : "";
    return `${name}: ${order.join(" > ")}${token}${alone}`;
  });
  expect(table).toMatchInlineSnapshot(`
    [
      "sharedDb: token > context > grpc > message > header",
      "databasePerTenant: token > context > session > grpc > message > header > host; unproven: host",
      "residencySilo: token > context > session > grpc > message > header > host",
      "dedicatedSingleTenant: static > token > context > session > grpc > message > header",
      "environmentRouter: path > host > header > token > context > session > default; unproven: host, default",
      "configurationFirst: static > token > header > host > grpc > message > context > session",
      "districtService: token > context > grpc > header, a token is required",
      "headerFilter: header > context",
      "configurationFirst: static > token > header > grpc > message > context > session, a token is required",
    ]
  `);
});
