import { EventEmitter, once } from "node:events";
import DataLoader from "dataloader";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { TenantContext } from "../resolution/tenant-context";
import { loggedTenant, withLoggedTenant } from "./current-tenant";

const contextOf = (tenant: string): TenantContext => ({
  tenant,
  organization: tenant,
  environment: "production",
  epoch: 1,
  decidedBy: "static",
  authenticated: true,
  subject: null,
  explanation: {
    policy: "test",
    hints: [],
    outcome: { tenant, decidedBy: "static", authenticated: true },
  },
});
const [a, b] = [contextOf("a"), contextOf("b")];

/** What a piece of work saw: the tenant that it was given, and the one that was in the air. */
interface Seen {
  given: string;
  ambient: string | undefined;
}
const see = (context: TenantContext): Seen => ({
  given: context.tenant,
  ambient: loggedTenant()?.loggedTenant,
});

const both = (work: (context: TenantContext) => Promise<Seen>) =>
  Promise.all([a, b].map((context) => withLoggedTenant(context, () => work(context))));

/** Each hands over work that is `wanted` for A and B; `swaps`: what is in the air is another one's there. */
const ways: { title: string; swaps: boolean; wanted: string[]; run: () => Promise<Seen[]> }[] = [
  {
    title: "a plain await",
    swaps: false,
    wanted: ["a", "b"],
    run: () => both(async (context) => (await Promise.resolve(), see(context))),
  },
  {
    title: "setImmediate",
    swaps: false,
    wanted: ["a", "b"],
    run: () => both((context) => new Promise((resolve) => setImmediate(() => resolve(see(context))))),
  },
  {
    title: "a listener that one tenant added and another one's event calls",
    swaps: true,
    wanted: ["a", "b"],
    async run() {
      const emitter = new EventEmitter();
      const seen: Seen[] = [];
      withLoggedTenant(a, () => emitter.on("a", () => seen.push(see(a))));
      withLoggedTenant(b, () => emitter.on("b", () => seen.push(see(b))));
      withLoggedTenant(b, () => emitter.emit("a"));
      withLoggedTenant(a, () => emitter.emit("b"));
      return seen;
    },
  },
  {
    title: "a queue with one worker",
    swaps: true,
    wanted: ["a", "b"],
    async run() {
      const queue: (() => void)[] = [];
      const seen: Seen[] = [];
      const arrived = new EventEmitter();
      const add = (context: TenantContext) =>
        withLoggedTenant(context, () => {
          queue.push(() => seen.push(see(context)));
          arrived.emit("job");
        });
      const worker = withLoggedTenant(b, async () => {
        while (seen.length < 2) {
          if (queue.length === 0) await once(arrived, "job");
          queue.shift()?.();
        }
      });
      add(a);
      add(b);
      await worker;
      return seen;
    },
  },
  {
    title: "a promise that is kept for all who ask",
    swaps: true,
    wanted: ["a", "a", "b"],
    async run() {
      const kept = new Map<string, Promise<Seen>>();
      const ask = (context: TenantContext, key: string) => {
        const asked = kept.get(key) ?? Promise.resolve().then(() => see(context));
        kept.set(key, asked);
        return asked;
      };
      const first = withLoggedTenant(a, () => ask(a, "a"));
      // B asks for A's on A's behalf, and is told what was seen in A's time.
      const again = withLoggedTenant(b, () => ask(a, "a"));
      const other = withLoggedTenant(a, () => ask(b, "b"));
      return Promise.all([first, again, other]);
    },
  },
  {
    title: "an async generator that somebody else reads",
    swaps: true,
    wanted: ["a", "a"],
    async run() {
      async function* rows(context: TenantContext) {
        for (let n = 0; n < 2; n++) yield see(context);
      }
      const made = withLoggedTenant(a, () => rows(a));
      const read: Seen[] = [];
      await withLoggedTenant(b, async () => {
        for await (const row of made) read.push(row);
      });
      return read;
    },
  },
  {
    title: "a DataLoader that several requests share",
    swaps: true,
    wanted: ["a", "b"],
    async run() {
      // The context is in the key, so that two tenants' keys are never the same one.
      const loader = new DataLoader<TenantContext, Seen, string>(
        (contexts) => Promise.resolve(contexts.map((context) => see(context))),
        { cacheKeyFn: ({ tenant }) => tenant },
      );
      return both((context) => loader.load(context));
    },
  },
];

describe("a context that is handed on as an argument stays the one that it is", () => {
  test.for(ways)("through $title", async ({ run, swaps, wanted }) => {
    const seen = await run();
    expect(seen.map(({ given }) => given)).toEqual(wanted);
    // What is in the air is wrong at least once where the table says so, and never anywhere else.
    expect(seen.some(({ given, ambient }) => given !== ambient)).toBe(swaps);
  });
});

test("what loggers get is nothing that a database takes", () => {
  expectTypeOf(loggedTenant()).not.toExtend<Pick<TenantContext, "tenant"> | null>();
  withLoggedTenant(a, () =>
    expect(loggedTenant()).toEqual({
      loggedTenant: "a",
      loggedOrganization: "a",
      loggedEnvironment: "production",
    }),
  );
  expect(loggedTenant()).toBeNull();
});
