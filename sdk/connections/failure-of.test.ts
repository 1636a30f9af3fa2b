import { expect, test } from "vitest";
import { ConnectionFailure } from "../errors/connection-failure";
import { failureOf } from "./failure-of";

const coded = (code: string, message = "", more = {}) => Object.assign(new Error(message), { code, ...more });

test.each([
  [coded("28P01"), "refused"],
  [coded("TENANT_INACTIVE"), "refused"],
  [coded("42501", "tenant context refused: expired"), "refused"],
  [coded("42501", "x", { severity: "FATAL" }), "refused"],
  [coded("42501", "permission denied for table students"), "other"],
  [new Error("Connection terminated unexpectedly"), "refused"],
  [new Error("Failed query", { cause: coded("53400") }), "full"],
  [coded("SQLITE_FULL"), "full"],
  [new Error("Failed query", { cause: new ConnectionFailure("UNREACHABLE", null) }), "unreachable"],
  [new ConnectionFailure("NO_FREE_CONNECTION", null), "busy"],
  [new TypeError("fetch failed", { cause: coded("ECONNREFUSED") }), "other"],
  [coded("23505"), "other"],
  ["no error", "other"],
  [null, "other"],
])("%s is %s", (error, failure) => {
  expect(failureOf(error)).toBe(failure);
});
