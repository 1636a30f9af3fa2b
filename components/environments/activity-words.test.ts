import { expect, test } from "vitest";
import type { AuditRow } from "@/components/audit/audit-words";
import { activityDetails, activityPhrase, environmentActions } from "./activity-words";

const row = (action: string, kind: string, detail: Record<string, unknown>): AuditRow => ({
  id: "e",
  seq: 1,
  at: new Date(0),
  actor: { kind: "service", id: "s", label: "Orders" },
  action,
  environmentId: "t",
  subject: { kind, id: "t", label: "students" },
  detail,
  requestId: "r",
  door: "api",
  ip: null,
  hash: "",
});

test("a violation is told by its code, its number and its message, without the hints", () => {
  const detail = { code: "tenant_conflict", count: 3, message: "Two.", firstAt: "x", lastAt: "x", hints: [] };
  const violation = row("tenant.violation", "environment", detail);
  expect(activityPhrase(violation)).toBe("refused requests over their tenant");
  expect(activityDetails(violation).map(({ term, to }) => [term, to])).toEqual([
    ["code", "tenant_conflict"],
    ["requests", "3"],
    ["message", "Two."],
  ]);
});

test("a token is told by whom it is for", () => {
  const issued = row("token.issue", "token", { audience: "students" });
  expect(activityPhrase(issued)).toBe("issued an access token for students");
});

test("a package is told by its name", () => {
  const installed = row("package.install", "package", { version: "1.1.0" });
  expect(activityPhrase(installed)).toBe("installed students");
  expect(activityPhrase(row("package.unheard_of", "environment", {}))).toBe("package.unheard_of");
});

test("limits are told with what they were, and that there was none", () => {
  const detail = { storageLimitMb: { from: 10_240, to: 512 }, rowLimit: { from: null, to: 1000 } };
  const changed = row("environment.set_limits", "environment", detail);
  expect(activityPhrase(changed)).toBe("changed its limits");
  expect(activityDetails(changed)).toEqual([
    { term: "storage limit in MB", from: "10240", to: "512" },
    { term: "row limit", from: "none", to: "1000" },
  ]);
});

test("violations and tokens can be chosen in an environment's list", () => {
  expect(environmentActions).toEqual(expect.arrayContaining(["tenant.violation", "token.issue"]));
});
