import { expect, test } from "vitest";
import { FreeholdError } from "../errors/freehold-error.ts";
import { statusOf, type RefusalCode } from "../errors/refusal-code.ts";
import { problemOf, problemResponse } from "./refusal.ts";

const codes = Object.keys(statusOf) as RefusalCode[];

test.each(codes)("%s is answered with its status and nothing of the error", async (code) => {
  const message = "Tenant 0a6f1f0e is not B.";
  const explanation = { policy: "secret", hints: [], outcome: { refused: code, message } };
  const error = new FreeholdError(code, message, { explanation, cause: new Error("hunter2") });
  const problem = problemOf(error)!;
  const response = problemResponse(problem);
  const body = await response.text();
  expect(response.status).toBe(statusOf[code]);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(body)));
  for (const inner of ["0a6f1f0e", "secret", "hunter2"]) expect(JSON.stringify(problem)).not.toContain(inner);
});

test("all 401 are one answer", () => {
  const answers = codes
    .filter((code) => statusOf[code] === 401)
    .map((code) => problemOf(new FreeholdError(code, code)));
  expect(answers).toHaveLength(2);
  expect(answers[0]).toEqual(answers[1]);
});

test("an error of another copy of the package is a refusal, and a code that nobody knows is a failure", () => {
  const foreign = (code: string) => Object.assign(new Error("x"), { name: "FreeholdError", code });
  expect(problemOf(foreign("not_found"))?.status).toBe(404);
  expect(problemOf(foreign("constructor"))?.status).toBe(500);
  expect(problemOf(new Error("x"))).toBeNull();
  expect(problemOf(null)).toBeNull();
});
