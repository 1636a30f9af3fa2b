import { sharedDb } from "@/sdk/resolution/presets";
import { interleave, judge, of, type Result } from "./measure";
import { openResolution, requestWith } from "./resolution-world";

const goal = 1.15;
const warmup = 500;

/** Each token is new to the service; keys and tenants are known. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 1_000 : 6_000;
  const { sign, bare, serve } = await openResolution(sharedDb);
  const tokens = await Promise.all(Array.from({ length: warmup + rounds }, (_, turn) => sign(turn)));
  const headers = tokens.map((token) => requestWith({ authorization: `Bearer ${token}` }));
  const turns = { bare: 0, resolve: 0 };
  const measured = await interleave(
    [
      { name: "bare", run: async () => void (await bare(tokens[turns.bare++] ?? "")) },
      {
        name: "resolve",
        run: async () => void (await serve(headers[turns.resolve++] ?? {})),
      },
    ],
    { rounds, warmup },
  );
  const [value, limit] = [of(measured, "resolve"), of(measured, "bare")];
  return judge({
    metric: "token to tenant p50 (µs)",
    value: value.p50 * 1000,
    limit: limit.p50 * 1000,
    goal,
    conditions: {
      rounds,
      p95_ratio: value.p95 / limit.p95,
      token_bytes: tokens[0]?.length,
      reference: "jose.jwtVerify of the same tokens, EdDSA",
    },
  });
}
