import { createFreehold } from "@/sdk/freehold";
import { sharedDb } from "@/sdk/resolution/presets";
import { isFreeholdError } from "@/sdk/errors/freehold-error";
import type { Incoming } from "@/sdk/transports/incoming";

/**
 * A service of its own process that serves one tenant at a steady pace. Says `{ready}` after its
 * first success and, when it is nudged, when the last one was and how the others ended.
 */
const [url = "", key = "", tenant = "", perSecond = "50"] = process.argv.slice(2);
const freehold = createFreehold({
  url,
  key,
  service: "Orders",
  policy: sharedDb,
  trustedHops: ["127.0.0.1"],
});

const headers: Record<string, string> = { "x-tenant-id": tenant };
const incoming: Incoming = {
  transport: "http",
  carrier: headers,
  getter: { get: (_, name) => headers[name], keys: () => Object.keys(headers) },
  method: "GET",
  path: "/",
  peer: "127.0.0.1",
  bodyDigest: () => Promise.resolve(""),
};

async function serve(): Promise<void> {
  const context = await freehold.resolver.resolve(incoming);
  await freehold.withDatabase(context, (database) => database.query("SELECT 1 AS one"));
}

const told = { requests: 0, successes: 0, lastSuccess: 0, firstRefusal: 0 };
const refusals: Record<string, number> = {};

async function request(): Promise<void> {
  told.requests += 1;
  try {
    await serve();
    told.successes += 1;
    told.lastSuccess = Date.now();
  } catch (error) {
    const code = isFreeholdError(error) ? error.code : String(error);
    refusals[code] = (refusals[code] ?? 0) + 1;
    told.firstRefusal ||= Date.now();
  }
}

const say = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);

await serve();
say({ ready: true });
setInterval(() => void request(), 1000 / Number(perSecond));
process.stdin.on("data", () => say({ ...told, refusals }));
