import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import { handleTrpc } from "@/server/api/handler";
import { browser, openConsole, password, type Console } from "@/server/testing/console";
import { judge, summarize, type Result } from "./measure";

const limitMs = 250;

const Ordered = z.object({ operation: z.object({ id: z.string() }) });

/** From the sign-up form to the first active environment: account, organization, and its operation watched to the end. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 10 : 60;
  const open = await openConsole();
  await open.signUp("Operator");
  const whole: number[] = [];
  const hashing: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const taken = await timed(() => signUpToActive(open, round));
    const hashed = await timed(() => hashPassword(password));
    if (round < 0) continue;
    whole.push(taken);
    hashing.push(hashed);
  }
  await open.end();
  const { p50, p95 } = summarize(whole);
  const hash = summarize(hashing);
  return judge({
    metric: "sign-up to active p95 (ms)",
    value: p95,
    limit: limitMs,
    conditions: {
      rounds,
      p50,
      password_hash: { p50: hash.p50, p95: hash.p95 },
      through: "the handlers, in this process",
    },
  });
}

async function signUpToActive(open: Console, round: number): Promise<void> {
  const { cookie } = await open.signUp("Ann");
  const headers = browser(cookie);
  const created = await open.call(
    headers,
    "organizations.create",
    { name: `Acme ${round + 100}` },
    "mutation",
  );
  const { operation } = Ordered.parse(created.value);
  const input = encodeURIComponent(JSON.stringify({ json: { operation: operation.id } }));
  const stop = new AbortController();
  const request = new Request(`http://localhost:3000/api/trpc/operations.watch?input=${input}`, {
    headers,
    signal: stop.signal,
  });
  const stream = (await handleTrpc(request)).body?.pipeThrough(new TextDecoderStream());
  if (!stream) throw new Error("The operation cannot be watched.");
  let seen = "";
  for await (const chunk of stream) {
    seen += chunk;
    if (/"title":"Activate environment","status":"succeeded"/.test(seen)) return stop.abort();
  }
  throw new Error(`The watching ended before the environment was active: ${seen}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
