import { sharedDb } from "@/sdk/resolution/presets";
import { interleave, of, type Result } from "./measure";
import { openResolution } from "./resolution-world";

const goal = 0.03;
const callsPerSample = 20;
const distinct = 1_000;

/** Tokens that the service has seen before, one after the other. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 200 : 1_000;
  const { sign, bare, serve } = await openResolution(sharedDb);
  const tokens = await Promise.all(Array.from({ length: distinct }, (_, turn) => sign(turn)));
  const headers = tokens.map((token) => ({ authorization: `Bearer ${token}` }));
  const turns = { bare: 0, resolve: 0 };
  const repeat = (call: () => Promise<unknown>) => async () => {
    for (let turn = 0; turn < callsPerSample; turn++) await call();
  };
  for (const known of headers) await serve(known);
  const measured = await interleave(
    [
      { name: "bare", run: repeat(() => bare(tokens[turns.bare++ % distinct] ?? "")) },
      { name: "resolve", run: repeat(() => serve(headers[turns.resolve++ % distinct] ?? {})) },
    ],
    { rounds, warmup: 200 },
  );
  const microseconds = (name: string) => (of(measured, name).p50 / callsPerSample) * 1000;
  const [value, limit] = [microseconds("resolve"), microseconds("bare")];
  return {
    metric: "repeated token to tenant p50 (µs)",
    value,
    limit,
    ratio: value / limit,
    goal,
    pass: value / limit <= goal,
    conditions: {
      rounds,
      calls_per_sample: callsPerSample,
      distinct_tokens: distinct,
      reference: "jose.jwtVerify of the same tokens, EdDSA",
    },
  };
}
