import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agreement } from "@/sdk/resolution/agreement.data";
import { headers } from "@/sdk/resolution/headers.data";
import { hosts } from "@/sdk/resolution/hosts.data";
import { messages } from "@/sdk/resolution/messages.data";
import { paths } from "@/sdk/resolution/paths.data";
import { standing } from "@/sdk/resolution/standing.data";
import { tokens } from "@/sdk/resolution/tokens.data";
import { catalog } from "@/sdk/testing/catalog.data";
import { knownTenants } from "@/sdk/testing/known-tenants";
import {
  gateway,
  incomingOf,
  openIssuer,
  outcomeOf,
  stranger,
  type Row,
} from "@/sdk/testing/resolution-case";
import { makeKey } from "@/sdk/testing/tokens";
import { createTokenVerifier } from "@/sdk/tokens/verify-token";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { explained, type Explained } from "@/server/testing/explained";
import { json, restCaller } from "@/server/testing/rest";
import { presetNames } from "@/sdk/resolution/preset-names";
import { policyFor } from "./policy-for";

const tables = { agreement, headers, hosts, messages, paths, standing, tokens };
const foreign = "https://issuer.test";

let world: ApiWorld;
let key: string;
let issuer: Awaited<ReturnType<typeof openForeignIssuer>>;
/** The real environment that stands for each tenant of the tables. */
const real = new Map<string, string>();
const call = restCaller(() => key);

beforeAll(async () => {
  world = await createApiWorld({ isServed: true });
  const boss = await world.person("Boss", { isOperator: true });
  key = await world.key(boss);
  issuer = await openForeignIssuer();
  for (const { entry, host } of catalog) {
    const { environment } = await world.organization(boss, `The ${entry.environment}`);
    real.set(entry.tenant, environment.id);
    await world.settle();
    await world.db.$client.execute({
      sql: "update sys_environment set hostname = ?, status = ? where id = ?",
      args: [host, entry.status, environment.id],
    });
  }
});
afterAll(() => world.end());

async function openForeignIssuer() {
  const made = await makeKey("k1");
  const keys = { keys: [made.jwk] };
  const verifier = createTokenVerifier({ issuers: [{ issuer: foreign, audience: "students", keys }] });
  const { means } = await openIssuer();
  return {
    keys: JSON.stringify(keys),
    means: { ...means, verifyToken: (token: string) => verifier.verify(token) },
    sign: (claims: Record<string, unknown>) =>
      new SignJWT({ sub: "user:ann", ...claims })
        .setProtectedHeader({ alg: "EdDSA", kid: "k1", typ: "at+jwt" })
        .setIssuer(foreign)
        .setAudience("students")
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign(made.privateKey),
  };
}

/** A store without names, as the catalog is: there a name belongs to no one tenant. */
function nameless() {
  const { store } = knownTenants();
  const peek: typeof store.peek = (reference) => (reference.by === "name" ? null : store.peek(reference));
  return { ...store, peek };
}

/** The row's request as somebody would give it; null where lines cannot say it. */
async function bodyOf(row: Row) {
  const { carrier, getter, path } = await incomingOf(row, issuer);
  if (Object.values(row.headers ?? {}).some((values) => values.length === 0 && Array.isArray(values)))
    return null;
  // Here an address stands for the request to it; on the wire it would be a target with a host of its own.
  if (!path.startsWith("/")) return null;
  const lines = getter
    .keys(carrier)
    .flatMap((name) => [getter.get(carrier, name) ?? []].flat().map((value) => ({ name, value })));
  if (lines.some(({ value }) => value.trim() !== value || /\p{Cc}/u.test(value) || value.length > 16_000))
    return null;
  return {
    transport: row.transport,
    target: path,
    headers: lines.map(({ name, value }) => `${name}: ${value}`),
    session: row.session ?? undefined,
    peer: row.from === "nowhere" ? undefined : row.from === "gateway" ? gateway : stranger,
  };
}

/** The preset with its options, when the row's policy is one. */
function presetOf({ policy }: Row) {
  const preset = presetNames.find((name) => name === policy.name);
  const tenant = policy.static?.tenant ?? policy.default;
  if (!preset || (tenant === undefined && preset === "dedicatedSingleTenant")) return null;
  const chosen = {
    preset,
    tenant,
    strict: policy.static?.strict ?? true,
    sharedHosts: [...policy.sharedHosts],
  };
  return JSON.stringify(policyFor(chosen)) === JSON.stringify(policy) ? chosen : null;
}

function asReal<T>(value: T): T {
  let text = JSON.stringify(value);
  for (const [id, environment] of real) text = text.replaceAll(id, environment);
  return JSON.parse(text);
}

function wordsOf({ resolved, refusal }: Explained): string {
  if (!resolved) return refusal?.code ?? "";
  const name = catalog.find(({ entry }) => real.get(entry.tenant) === resolved.tenant)?.name;
  return `${name} by ${resolved.decided_by}${resolved.authenticated ? "" : ", unauthenticated"}`;
}

test(
  "at least 150 rows of the SDK's tables come to the same over the door",
  { timeout: 240_000 },
  async () => {
    let compared = 0;
    for (const row of Object.values(tables).flat()) {
      const chosen = presetOf(row);
      if (!chosen || row.transport === "job" || row.context !== undefined) continue;
      const service = { policy: row.policy, means: issuer.means, store: nameless() };
      if ((await outcomeOf(await incomingOf(row, issuer), service)) !== row.is) continue;
      const { policy, ...request } = row;
      const body = await bodyOf({ policy, ...asReal(request) });
      if (!body) continue;
      const { sharedHosts, ...preset } = asReal(chosen);
      const rest = { shared_hosts: sharedHosts, service: "students", hops: ["10.0.0.0/8"] };
      const named = { issuer: foreign, keys: issuer.keys };
      const answer = await call("POST", "/resolve", json({ ...body, ...preset, ...rest, issuer: named }));
      expect(wordsOf(await explained(answer)), JSON.stringify(row).slice(0, 400)).toBe(row.is);
      compared += 1;
    }
    expect(compared).toBeGreaterThanOrEqual(150);
  },
);
