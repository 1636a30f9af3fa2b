import { sharedDb } from "@/sdk/resolution/presets";
import { interleave, judge, of, type Result } from "./measure";
import { openResolution, requestWith } from "./resolution-world";

const goal = 0.03;
// Both samples take about as long, so that a slow moment of the machine weighs the same on both.
const calls = { bare: 20, resolve: 500 };
const distinct = 1_000;

/** Tokens that the service has seen before, one after the other. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 100 : 500;
  const { sign, bare, serve } = await openResolution(sharedDb);
  const tokens = await Promise.all(Array.from({ length: distinct }, (_, turn) => sign(turn)));
  const headers = tokens.map((token) => requestWith({ authorization: `Bearer ${token}` }));
  const turns = { bare: 0, resolve: 0 };
  const repeat = (times: number, call: () => Promise<unknown>) => async () => {
    for (let turn = 0; turn < times; turn++) await call();
  };
  for (let pass = 0; pass < 30; pass++) for (const known of headers) await serve(known);
  const measured = await interleave(
    [
      { name: "bare", run: repeat(calls.bare, () => bare(tokens[turns.bare++ % distinct] ?? "")) },
      { name: "resolve", run: repeat(calls.resolve, () => serve(headers[turns.resolve++ % distinct] ?? {})) },
    ],
    { rounds, warmup: 50 },
  );
  const microseconds = (name: keyof typeof calls) => (of(measured, name).p50 / calls[name]) * 1000;
  const [value, limit] = [microseconds("resolve"), microseconds("bare")];
  return judge({
    metric: "repeated token to tenant p50 (µs)",
    value,
    limit,
    goal,
    conditions: {
      rounds,
      calls_per_sample: calls,
      distinct_tokens: distinct,
      reference: "jose.jwtVerify of the same tokens, EdDSA",
    },
  });
}
