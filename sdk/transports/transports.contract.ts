import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fuzzedRequest, mayBe } from "../testing/fuzzed-request.ts";
import { outcomeOf, prepare, type Scene, type Served, type Traits } from "../testing/http-scene.ts";
import { anyAddress, tenants, trustedAddress, type HttpWorld } from "../testing/http-world.ts";
import type { RawAnswer } from "../testing/wire.ts";
import { answering } from "./answers.contract.ts";
import { readingBodies } from "./bodies.contract.ts";
import { goingOn } from "./departures.contract.ts";
import { agreement, headers, hosts, type WireCase } from "./transports.data.ts";

const perTransport = 720;
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/**
 * What every HTTP transport promises, over real sockets. `start` serves `/whoami` and
 * `/t/:tenant/whoami` (any method, the tenant as JSON), `/echo` (the JSON body and the tenant, after
 * a turn of the event loop), `/upload` (the length of the body), `/download` (`pieces`), `/fails`
 * (throws `thrown`), `/refuses` (throws FreeholdError `schema_too_old`).
 */
export function testHttpTransport(
  name: string,
  start: (world: HttpWorld) => Promise<Served>,
  traits: Traits = { seesPeer: true, seesLines: true },
): void {
  const scene = prepare(start, traits);
  describe(`the ${name} transport finds one tenant`, () => onTheWire(scene, agreement));
  describe(`the ${name} transport reads headers strictly`, () => onTheWire(scene, headers));
  describe(`the ${name} transport reads hosts strictly`, () => onTheWire(scene, hosts));
  describe(`the ${name} transport under hostile requests`, () => fuzzed(scene));
  describe(`the ${name} transport answers`, () => answering(scene));
  describe(`the ${name} transport reads bodies`, () => readingBodies(scene));
  describe(`the ${name} transport goes on`, () => goingOn(scene));
}

/** The part of it that a handshake without bodies and answers of its own has to keep. */
export function testHandshakes(
  name: string,
  start: (world: HttpWorld) => Promise<Served>,
  traits: Traits,
): void {
  const scene = prepare(start, traits);
  describe(`the ${name} handshake finds one tenant`, () => onTheWire(scene, agreement));
  describe(`the ${name} handshake reads headers strictly`, () => onTheWire(scene, headers));
  describe(`the ${name} handshake reads hosts strictly`, () => onTheWire(scene, hosts));
  describe(`the ${name} handshake under hostile requests`, () => fuzzed(scene));
}

function onTheWire(scene: () => Scene, cases: readonly WireCase[]): void {
  test.each(cases.map((each) => [each.title, each] as const))("%s", async (_title, each) => {
    const { send, tokens, traits } = scene();
    const lines = each.lines.map((line) =>
      line.replace(/\{token (\w+)\}/, (_, of: keyof typeof tenants) => tokens[of]),
    );
    const from = each.fromGateway ? trustedAddress : anyAddress;
    const answer = await send(each.first ?? "GET /whoami HTTP/1.1", lines, from);
    const limited = [!traits.seesPeer && each.withoutPeer, !traits.seesLines && each.withoutLines];
    const expected = limited.find((one) => one) || each.gives;
    expect([expected, ...(each.or ?? [])]).toContain(outcomeOf(answer));
    expectNothingTold(answer);
  });
}

/** No id, no token and no explanation in an answer that refuses. */
function expectNothingTold({ status, body, headers: told }: RawAnswer): void {
  if (status === 200 || told.get("content-type")?.startsWith("application/problem+json") !== true) return;
  const problem = JSON.parse(body.toString()) as Record<string, unknown>;
  expect(Object.keys(problem).toSorted()).toEqual(["code", "detail", "status", "title", "type"]);
  expect(problem.status).toBe(status);
  for (const value of [...Object.values(tenants), "eyJ", "hint"])
    expect(body.toString()).not.toContain(value);
}

function fuzzed(scene: () => Scene): void {
  test(`${perTransport} requests get their tenant or a refusal (seed ${seed})`, async () => {
    const { send, tokens, traits } = scene();
    const requests = fc.sample(fuzzedRequest(tokens), { numRuns: perTransport, seed });
    let count = 0;
    const lanes = Array.from({ length: 8 }, async () => {
      for (let request = requests.pop(); request; request = requests.pop()) {
        const answer = await send(request.first, request.lines, request.from);
        const outcome = outcomeOf(answer);
        const allowed = mayBe(request, traits);
        if (typeof outcome === "string") count += 1;
        expect({ outcome, allowed, request }).toSatisfy(
          () => outcome === allowed || (typeof outcome === "number" && outcome >= 300 && outcome < 500),
        );
      }
    });
    await Promise.all(lanes);
    expect(count).toBeGreaterThan(perTransport / 20);
  });
}
