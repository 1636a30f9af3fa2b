import { ControlPlaneStore } from "@/sdk/stores/control-plane-store";
import { startFreehold } from "./freehold-program";
import { judge, summarize, type Result } from "./measure";

const mostMs = 10;

/** Tenants that a service has not heard of yet: asked for over loopback, answered, signed and verified. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const wanted = quick ? 60 : 400;
  const { program, url, key, tenants } = await startFreehold(wanted);
  const store = new ControlPlaneStore({ url, key });
  const bare: number[] = [];
  const entries: number[] = [];
  const connections: number[] = [];
  const timed = async (samples: number[], work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    samples.push(performance.now() - started);
  };
  try {
    await store.find({ by: "id", value: tenants.at(-1) ?? "" });
    for (const tenant of tenants.slice(0, -1)) {
      await timed(entries, () => store.find({ by: "id", value: tenant }));
      await timed(connections, () => store.connection(tenant));
      await timed(bare, async () => (await fetch(`${url}/nothing`)).text());
    }
  } finally {
    await store.close();
    program.kill();
  }
  const entry = summarize(entries);
  return judge({
    metric: "cold tenant p95 (ms)",
    value: entry.p95,
    limit: mostMs,
    conditions: {
      tenants: entries.length,
      entry,
      connection: summarize(connections),
      bare_request: summarize(bare),
      reference: "10 ms; Freehold in a process of its own on this machine, whose memory is as cold as ours",
    },
  });
}
