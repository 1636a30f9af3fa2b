import { afterAll, beforeAll, expect } from "vitest";
import { createFetchAs } from "../transports/fetch-as.ts";
import { contextOf, createHttpWorld, tenants, type HttpWorld } from "./http-world.ts";
import { requestOf, sendBytes, type RawAnswer } from "./wire.ts";

/** A server of one transport, with the routes that `testHttpTransport` asks for. */
export interface Served {
  port: number;
  /** Errors that were no refusals and that the handlers did not throw on purpose. */
  mishaps: readonly unknown[];
  close(): Promise<void>;
}

export interface Traits {
  /** It knows who is at the other end of the connection. */
  seesPeer: boolean;
  /** It sees every line of Host and Authorization, of which Node's parsed headers keep the first. */
  seesLines: boolean;
  /** What a request looks like on the wire, and where the answer is, when it is no plain HTTP. */
  wire?: { lines: readonly string[]; read(answer: RawAnswer): RawAnswer };
}

/** What the routes that throw throw: nobody is told. */
export const thrown = "The password is hunter2.";

/** Bytes of the long response, in as many pieces. */
export const pieces = Array.from({ length: 64 }, (_, index) => Buffer.alloc(4096, index));

export interface Scene {
  world: HttpWorld;
  served: Served;
  traits: Traits;
  tokens: Record<keyof typeof tenants, string>;
  send(first: string, lines: readonly string[], from?: string): Promise<RawAnswer>;
  url(path: string): string;
}

/** Serves for the time of the suite that asks; nothing unforeseen may have happened at its end. */
export function prepare(start: (world: HttpWorld) => Promise<Served>, traits: Traits): () => Scene {
  let scene: Scene | undefined;
  beforeAll(async () => {
    const world = await createHttpWorld();
    const served = await start(world);
    const { lines, read } = traits.wire ?? { lines: ["Connection: close"], read: (answer) => answer };
    const { A, B, asleep } = tenants;
    const [ofA, ofB, ofAsleep] = await Promise.all([world.bearer(A), world.bearer(B), world.bearer(asleep)]);
    scene = {
      world,
      served,
      traits,
      tokens: { A: ofA, B: ofB, asleep: ofAsleep },
      send: async (first, more, from) =>
        read(await sendBytes(served.port, requestOf([first, ...more, ...lines]), from)),
      url: (path) => `http://127.0.0.1:${served.port}${path}`,
    };
  }, 120_000);
  afterAll(async () => {
    await scene?.served.close();
    expect(scene?.served.mishaps).toEqual([]);
  });
  return () => {
    if (!scene) throw new Error("Nothing is served yet.");
    return scene;
  };
}

/** The letter of the tenant that is served, or the status. */
export function outcomeOf({ status, body }: RawAnswer): keyof typeof tenants | number | undefined {
  if (status !== 200) return status;
  const { tenant } = read(body);
  return (["A", "B", "asleep"] as const).find((letter) => tenants[letter] === tenant);
}

const read = (body: Buffer) => JSON.parse(body.toString()) as { tenant: string };

/** The headers that prove a POST of this body for A. */
export async function signed(
  world: HttpWorld,
  path: string,
  body: string | Buffer,
): Promise<Record<string, string>> {
  const sent: Record<string, string> = {};
  const fetchAs = createFetchAs(world.sender, {
    mostBodyBytes: 2 * 1024 * 1024,
    fetch: async (_, init) => {
      for (const [name, value] of new Headers(init?.headers)) if (name.startsWith("x-")) sent[name] = value;
      return new Response();
    },
  });
  const init = { method: "POST", body: typeof body === "string" ? body : Uint8Array.from(body) };
  await fetchAs(contextOf(tenants.A), "school")(`http://127.0.0.1${path}`, init);
  return sent;
}
