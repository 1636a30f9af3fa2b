import { auth } from "@/server/auth/auth";
import { identify } from "@/server/auth/identify";
import { browser, openConsole } from "@/server/testing/console";
import { interleave, judge, of, type Result } from "./measure";

const goal = 0.4;
const callsPerSample = 20;

/** Who a session cookie belongs to, asked again and again, by us and by better-auth itself. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 50 : 200;
  const open = await openConsole();
  const { cookie } = await open.signUp("Ann");
  const headers = new Headers(browser(cookie));
  const { api } = await auth();
  const repeat = (call: () => Promise<unknown>) => async () => {
    for (let turn = 0; turn < callsPerSample; turn++)
      if (!(await call())) throw new Error("Nobody was found.");
  };
  const measured = await interleave(
    [
      { name: "better-auth", run: repeat(() => api.getSession({ headers })) },
      { name: "identify", run: repeat(() => identify(open.db, headers)) },
    ],
    { rounds, warmup: 20 },
  );
  await open.end();
  const microseconds = (name: string) => (of(measured, name).p50 / callsPerSample) * 1000;
  const [value, limit] = [microseconds("identify"), microseconds("better-auth")];
  return judge({
    metric: "session to person p50 (µs)",
    value,
    limit,
    goal,
    conditions: {
      rounds,
      calls_per_sample: callsPerSample,
      reference: "better-auth getSession with the same cookie",
    },
  });
}
