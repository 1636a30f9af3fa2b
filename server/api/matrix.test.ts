import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assembleCast, type Cast } from "@/server/testing/cast";
import { openConsole, type Console } from "@/server/testing/console";
import { inputs, inventedNames, type Names } from "@/server/testing/inputs";
import { callers, matrix, type Caller } from "@/server/testing/matrix";
import { createContext } from "./context";
import { toPublicError } from "./errors";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";
import { TRPCError } from "@trpc/server";

type Procedure = { _def: { type: "query" | "mutation" | "subscription" } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const statuses = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  precondition: 412,
  limit: 429,
  residency_violation: 403,
  tenant_inactive: 403,
  internal: 500,
};

let console: Console;
let cast: Cast;

beforeAll(async () => {
  console = await openConsole();
  cast = await assembleCast(console);
}, 60_000);
afterAll(() => console.end());

/** Calls the procedure as the caller; `ok`, or the status and what the caller is told. */
async function ask(caller: Caller, path: string, names: Names): Promise<{ outcome: string; told: unknown }> {
  const ctx = await createContext(new Headers(cast.headers[caller]), "console");
  const [noun = "", verb = ""] = path.split(".");
  const api = createCallerFactory(appRouter)(ctx) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    const result = await api[noun]?.[verb]?.(inputs[path]?.(names));
    const told = isIterable(result) ? await result[Symbol.asyncIterator]().next() : result;
    return { outcome: "ok", told };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const told = toPublicError(error);
    return { outcome: String(statuses[told.code]), told };
  }
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

test("every procedure has a line in the table and an input, and no line is left over", () => {
  const names = procedures.map(([path]) => path).toSorted();
  expect(Object.keys(matrix)).toEqual(names);
  expect(Object.keys(inputs).toSorted()).toEqual(names);
});

test("every line tells those who may from those who may not", () => {
  const refusals = new Set(["401", "403", "404"]);
  const mute = Object.keys(matrix).filter((path) =>
    callers.every((caller) => refusals.has(matrix[path]?.[caller] ?? "")),
  );
  expect(mute).toEqual([]);
});

describe("everyone gets what the table says", () => {
  test.for(Object.keys(matrix))("%s", async (path) => {
    const outcomes: Partial<Record<Caller, string>> = {};
    for (const caller of callers) outcomes[caller] = (await ask(caller, path, cast.names)).outcome;
    expect(outcomes).toEqual(matrix[path]);
  });
});

const named = Object.keys(inputs).filter((path) => {
  const names = inventedNames();
  const used = Object.values(inputs[path]?.(names) ?? {});
  return [names.organization, names.environment, names.operation, names.suspended].some((name) =>
    used.includes(name),
  );
});

describe("what belongs to others is answered like what does not exist", () => {
  test.for(named)("%s", async (path) => {
    for (const caller of ["nobody", "stranger", "ownerOfB"] as const) {
      const foreign = await ask(caller, path, cast.names);
      const missing = await ask(caller, path, inventedNames());
      expect(foreign).toEqual(missing);
      expect(["401", "404"]).toContain(foreign.outcome);
    }
  });
});

/** What changes when the environment is suspended: it can be looked at, resumed and archived by those who may. */
const whenSuspended: Record<string, string> = {
  "environments.get": "ok",
  "environments.inspect": "ok",
  "environments.suspend": "412",
  "environments.setDefault": "412",
  "environments.retry": "412",
  "environments.delete": "400",
  "navigation.visit": "ok",
  "operations.list": "ok",
  "environments.update": "ok",
  "tokens.issue": "403",
};

describe("a suspended environment keeps the same doors", () => {
  test.for(Object.entries(whenSuspended))("%s", async ([path, allowed]) => {
    const names = { ...cast.names, environment: cast.names.suspended };
    for (const caller of callers) {
      const active = matrix[path]?.[caller] ?? "";
      const refused = ["401", "403", "404"].includes(active);
      expect((await ask(caller, path, names)).outcome, caller).toBe(refused ? active : allowed);
    }
  });
});

test("a caller of another organization sees nothing of it in any list", async () => {
  const secrets = [
    cast.names.organization,
    cast.names.organizationId,
    cast.names.environment,
    cast.names.suspended,
    cast.names.operation,
  ];
  for (const path of [
    "operations.listMine",
    "operations.running",
    "organizations.list",
    "navigation.places",
    "navigation.landing",
    "apiKeys.list",
    "navigation.me",
  ]) {
    for (const caller of ["stranger", "ownerOfB"] as const) {
      const { told } = await ask(caller, path, cast.names);
      for (const secret of secrets) expect(JSON.stringify(told)).not.toContain(secret);
    }
  }
});

test("a member without a role in an environment does not see it in any list", async () => {
  for (const path of ["environments.list", "operations.listMine", "navigation.places", "organizations.get"]) {
    const { told } = await ask("member", path, cast.names);
    expect(JSON.stringify(told)).not.toContain(cast.names.environment);
    expect(JSON.stringify(told)).not.toContain(cast.names.suspended);
  }
});
