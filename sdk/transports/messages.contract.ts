import { setImmediate as turn } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import { messageCases, type MessageCase, type Outcome } from "./messages.data.ts";
import type { Outgoing } from "./outgoing.ts";

/** A transport with one service that receives at two destinations. */
export interface TransportUnderTest {
  destination: string;
  elsewhere: string;
  isCall?: true;
  outgoing(destination: string, body: string): Outgoing;
  /** As a service sends it. */
  send(context: TenantContext, body: string): Promise<void>;
  /** As anybody can who reaches the wire. */
  sendRaw(destination: string, headers: Record<string, string>, body: string): Promise<void>;
}

/** What the transport's handlers, and those who read its refusals, tell. */
export interface Receiver {
  handle(context: TenantContext, body: string): Promise<void>;
  refuse(code: string, body: string): void;
}

const recorder = {
  set: (carrier: Record<string, string>, name: string, value: string) => void (carrier[name] = value),
};

/** Counts what becomes of each message, by the id in its body. */
export class Outcomes implements Receiver {
  readonly handled: { id: string; tenant: string; meant: string }[] = [];
  readonly #waiting = new Map<string, PromiseWithResolvers<string>>();
  readonly #made = { count: 0 };

  body(tenant: string): { id: string; body: string } {
    const id = `m${(this.#made.count += 1)}`;
    this.#waiting.set(id, Promise.withResolvers());
    return { id, body: JSON.stringify({ id, tenant }) };
  }

  /** "handled", or the code of the refusal. */
  async of(id: string): Promise<string> {
    return this.#waiting.get(id)?.promise ?? "never sent";
  }

  async handle(context: TenantContext, body: string): Promise<void> {
    const { id, tenant: meant } = JSON.parse(body);
    for (let turns = Math.floor(Math.random() * 5); turns > 0; turns -= 1) await turn();
    this.handled.push({ id, tenant: context.tenant, meant });
    this.#waiting.get(id)?.resolve("handled");
  }

  refuse(code: string, body: string): void {
    this.#waiting.get(JSON.parse(body).id)?.resolve(code);
  }
}

/** What every transport promises. */
export function testTransport(
  name: string,
  start: (world: MessageWorld, receiver: Receiver) => Promise<TransportUnderTest>,
): void {
  describe(`tenants over ${name}`, () => {
    const world = new MessageWorld();
    const outcomes = new Outcomes();
    let transport: TransportUnderTest;

    beforeAll(async () => {
      transport = await start(world, outcomes);
    }, 120_000);

    beforeEach(() => {
      world.ahead = 0;
      world.status.set(tenantA, "active").set(tenantB, "active");
      outcomes.handled.length = 0;
      world.reported.length = 0;
    });

    async function signed(change: MessageCase, body: string): Promise<Record<string, string>> {
      const { destination, elsewhere } = transport;
      world.ahead = -1_000 * (change.age ?? 0);
      const sender = change.signer ? world.senderOf(change.signer) : world.sender;
      const outgoing = transport.outgoing(change.signedElsewhere ? elsewhere : destination, body);
      const headers: Record<string, string> = {};
      await sender.inject(world.context(tenantA), { ...outgoing, lifetimeSeconds: 60 }, headers, recorder);
      world.ahead = 0;
      const { "x-freehold-context": token = "" } = headers;
      const sent = {
        "tenant-id": tenantA,
        "x-freehold-context": change.forge?.(token) ?? token,
        ...change.headers,
      };
      const present = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== null);
      return Object.fromEntries(present);
    }

    test.each(messageCases)("what arrives $title", async (change) => {
      const { id, body } = outcomes.body(tenantA);
      const headers = await signed(change, body);
      const sent = change.alteredBody ? body.replace(tenantA, tenantB) : body;
      await transport.sendRaw(transport.destination, headers, sent);
      const outcome: Outcome = (transport.isCall && change.ofCall) || change.outcome;
      expect(await outcomes.of(id)).toBe(outcome);
      const isHandled = outcome === "handled";
      expect(outcomes.handled).toEqual(isHandled ? [{ id, tenant: tenantA, meant: tenantA }] : []);
      const told = { code: outcome, path: transport.destination };
      expect(world.reported).toEqual(isHandled ? [] : [told]);
    });

    test("a message that is taken off one destination is refused at another", async () => {
      const { id, body } = outcomes.body(tenantA);
      const headers = await signed({ title: "", outcome: "handled" }, body);
      await transport.sendRaw(transport.elsewhere, headers, body);
      expect(await outcomes.of(id)).toBe("unauthenticated");
      expect(outcomes.handled).toEqual([]);
    });

    test.each([
      ["suspended", "tenant_inactive"],
      ["archived", "tenant_inactive"],
      ["deleting", "tenant_inactive"],
    ] as const)("what was signed for a tenant that is %s by now is refused", async (status, code) => {
      const { id, body } = outcomes.body(tenantA);
      const headers = await signed({ title: "", outcome: "handled" }, body);
      world.status.set(tenantA, status);
      await transport.sendRaw(transport.destination, headers, body);
      expect(await outcomes.of(id)).toBe(code);
      const other = outcomes.body(tenantB);
      await transport.send(world.context(tenantB), other.body);
      expect(await outcomes.of(other.id)).toBe("handled");
      expect(outcomes.handled).toEqual([{ id: other.id, tenant: tenantB, meant: tenantB }]);
    });

    test("two tenants at once, 20 under way: each message is its tenant's", async () => {
      const sent: string[] = [];
      let next = 0;
      const lane = async () => {
        while (next < 400) {
          const tenant = (next += 1) % 2 === 0 ? tenantA : tenantB;
          const { id, body } = outcomes.body(tenant);
          sent.push(id);
          await transport.send(world.context(tenant), body);
        }
      };
      await Promise.all(Array.from({ length: 20 }, lane));
      const all = await Promise.all(sent.map((id) => outcomes.of(id)));
      expect(new Set(all)).toEqual(new Set(["handled"]));
      expect(outcomes.handled).toHaveLength(400);
      expect(outcomes.handled.filter(({ tenant, meant }) => tenant !== meant)).toEqual([]);
    });
  });
}
