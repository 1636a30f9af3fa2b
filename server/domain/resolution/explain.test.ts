import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken } from "@/server/auth/issue-token";
import { publicKeys, sign } from "@/server/auth/sign";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { addService } from "@/server/domain/services/add";
import type { UserContext } from "@/server/kernel/context";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { explained } from "@/server/testing/explained";
import { json, refusal, restCaller } from "@/server/testing/rest";

let world: ApiWorld;
let boss: UserContext;
let keys: { boss: string; owner: string };
let ann: string;
let bob: string;
let host: string;
const call = restCaller(() => keys.boss);
const post = (body: object) => call("POST", "/resolve", json(body));
const ask = async (body: object) => explained(await post(body));

async function environmentOf(person: UserContext, name: string): Promise<string> {
  const { environment } = await world.organization(person, name);
  await world.settle();
  return environment.id;
}

beforeAll(async () => {
  world = await createApiWorld({ isServed: true });
  boss = await world.person("Boss", { isOperator: true });
  const owner = await world.person("Owner");
  keys = { boss: await world.key(boss), owner: await world.key(owner) };
  ann = await environmentOf(owner, "Ann");
  bob = await environmentOf(owner, "Bob");
  const { rows } = await world.db.$client.execute({
    sql: "select hostname from sys_environment where id = ?",
    args: [ann],
  });
  host = String(rows[0]?.["hostname"]);
  await addService(boss, { name: "students", scopes: ["connect"], credentialScope: "readonly", days: null });
});
afterAll(() => world.end());

const tokenOf = async (tenant: string | null) =>
  (await issueToken({ subject: "user:ann", audience: "students", tenant })).token;
const now = () => Math.floor(Date.now() / 1000);
const claims = (changed: object = {}) => ({
  sub: "user:ann",
  aud: "students",
  tid: ann,
  iat: now(),
  exp: now() + 300,
  ...changed,
});
const withToken = (token: string, ...headers: string[]) => ({
  target: "https://api.example.test/orders",
  headers: [`Authorization: Bearer ${token}`, ...headers],
  service: "students",
});

test("a token of Freehold's own leads to the tenant, its placement and the connection without a secret", async () => {
  const answer = await ask(withToken(await tokenOf(ann)));
  expect(answer).toMatchObject({
    request: { method: "GET", path: "/orders", headers: ["authorization", "host"] },
    policy: { name: "sharedDb", order: ["token", "context", "grpc", "message", "header"] },
    hints: [
      {
        source: "token",
        label: "tid",
        saw: [ann],
        trusted: true,
        verdict: "decides",
        tenant: ann,
        place: "ann/prod",
      },
    ],
    resolved: { tenant: ann, decided_by: "token", authenticated: true },
    refusal: null,
    landing: {
      tenant: { id: ann, environment: "prod", organization: "ann", status: "active", hostname: host },
      placement: { isolation: "dedicated", driver: "sqlite", cluster: { slug: "files" }, pool: null },
      connection: {
        url: expect.stringMatching(/^http.+\/env_[0-9a-f]{32}\/$/),
        scope: "readonly",
        username: null,
      },
    },
    notes: [],
  });
  expect(JSON.stringify(answer)).not.toMatch(/secret|token_hash|sealed/);
});

test("why it landed there is told, and a scope that nobody was given yet has no credential", async () => {
  const { landing } = await ask(withToken(await tokenOf(ann)));
  expect(landing).toMatchObject({
    placement: { steps: expect.arrayContaining([expect.objectContaining({ verdict: "taken" })]) },
    connection: { credential: null },
    schema_versions: expect.any(Array),
  });
});

test("a token for one tenant with a header for another is a conflict, and both lanes say so", async () => {
  const answer = await ask(withToken(await tokenOf(ann), `X-Tenant-Id: ${bob}`));
  expect(answer.refusal).toEqual({
    code: "tenant_conflict",
    status: 403,
    message: "This request names more than one tenant.",
  });
  expect(answer.hints.map(({ source, verdict }) => [source, verdict])).toEqual([
    ["token", "decides"],
    ["header", "contradicts"],
  ]);
  expect(answer.landing).toBeNull();
});

test("the host alone is enough where the policy lets it, and is found in the catalog", async () => {
  const curl = `curl -s https://${host}/sign-in`;
  expect((await ask({ curl, preset: "databasePerTenant" })).resolved).toEqual({
    tenant: ann,
    decided_by: "host",
    authenticated: false,
  });
  expect((await ask({ curl })).refusal?.code).toBe("tenant_required");
  const unknown = await ask({ curl: "curl https://nobody.example.test", preset: "databasePerTenant" });
  expect(unknown.refusal?.code).toBe("not_found");
  expect(unknown.hints).toMatchObject([{ source: "host", verdict: "unknown" }]);
});

test("a header counts from a trusted hop and from nobody else", async () => {
  const asked = { headers: [`X-Tenant-Id: ${ann}`], hops: ["10.1.0.0/16"] };
  expect((await ask({ ...asked, peer: "10.1.2.3" })).resolved?.decided_by).toBe("header");
  const refused = await ask({ ...asked, peer: "203.0.113.9" });
  expect(refused.refusal?.code).toBe("tenant_required");
  expect(refused.hints[0]).toMatchObject({ verdict: "untrusted", because: "203.0.113.9 is no trusted hop" });
  const twice = [...asked.headers, `X-Tenant-Id: ${bob}`];
  expect((await ask({ ...asked, headers: twice, peer: "10.1.2.3" })).refusal?.code).toBe("invalid");
});

test("gRPC metadata and message headers are lanes of their own", async () => {
  const lines = { headers: [`tenant-id: ${ann}`], peer: "10.1.2.3", hops: ["10.1.2.3"] };
  const grpc = await ask({ ...lines, transport: "grpc", target: "/shop.Orders/List" });
  expect(grpc.resolved?.decided_by).toBe("grpc");
  const message = await ask({ ...lines, transport: "message", target: "orders" });
  expect(message.refusal?.code).toBe("tenant_required");
  expect(message.hints).toMatchObject([{ source: "message", verdict: "untrusted" }]);
});

test("recorded hints are decided again as they stand, and a changed one comes to a tenant", async () => {
  const recorded = [
    { source: "token", saw: [ann], trusted: true },
    { source: "header", saw: [bob], trusted: false },
  ];
  expect((await ask({ hints: recorded })).refusal?.code).toBe("tenant_conflict");
  const changed = await ask({ hints: recorded.slice(0, 1) });
  expect([changed.resolved?.tenant, changed.request, changed.notes]).toEqual([ann, null, []]);
  const forged = [{ source: "token", saw: [], trusted: false, malformed: "It does not verify." }];
  expect((await ask({ hints: forged })).refusal?.code).toBe("unauthenticated");
});

test("a suspended tenant is refused, and its place is told all the same", async () => {
  const away = await environmentOf(boss, "Away");
  const inside = await world.inEnvironment(boss, away);
  await suspendEnvironment(inside, { environment: away, reason: "Maintenance" });
  const answer = await ask(withToken(await sign("at+jwt", claims({ tid: away }))));
  expect(answer.refusal?.code).toBe("tenant_inactive");
  expect(answer.landing).toMatchObject({
    tenant: { id: away, status: "suspended", status_reason: "Maintenance" },
    placement: { driver: "sqlite" },
  });
});

test("without a service a token is taken whomever it is for, and that is said", async () => {
  const { service: _none, ...asked } = withToken(await sign("at+jwt", claims({ aud: ["orders", "x"] })));
  const answer = await ask(asked);
  expect(answer.resolved?.tenant).toBe(ann);
  expect(answer.notes).toEqual(["No service is named, so whom the token is for was not checked."]);
  const unknown = await ask({ ...asked, service: "orders" });
  expect(unknown.notes).toEqual([
    "No service called orders is registered: the connection is one for reading and writing.",
  ]);
});

test("a key or token in the wrong place is not repeated whole", async () => {
  const token = await tokenOf(ann);
  const answer = await ask({
    curl: `curl -H 'X-Tenant-Id: ${keys.boss}' -H 'X-Tenant: ${token}' 'https://a.test/${token}?key=${keys.boss}'`,
  });
  expect(answer.hints).toMatchObject([{ source: "header", saw: [expect.stringMatching(/^fh_.{4}…$/)] }]);
  expect(JSON.stringify(answer)).not.toContain(token);
  expect(JSON.stringify(answer)).not.toContain(keys.boss);
});

test("what cannot be meant is refused at its field", async () => {
  const refused: [body: object, field: string | undefined][] = [
    [{}, ""],
    [{ curl: "curl https://a.test", headers: [] }, ""],
    [{ curl: "wget https://a.test" }, "curl"],
    [{ curl: "curl -u ann:pw https://a.test" }, "curl"],
    [{ headers: ["no header"] }, "headers"],
    [{ target: "ftp://a.test" }, "target"],
    [{ target: "/", method: "GET /" }, "method"],
    [{ target: "/", peer: "a.test" }, "peer"],
    [{ target: "/", hops: ["0.0.0.0/0"] }, "hops"],
    [{ target: "/", hops: ["x"] }, "hops"],
    [{ target: "/", preset: "mine" }, "preset"],
    [{ target: "/", preset: "dedicatedSingleTenant" }, "tenant"],
    [{ target: "/", preset: "dedicatedSingleTenant", tenant: "A B" }, "preset"],
    [{ target: "/", preset: "databasePerTenant", shared_hosts: ["a b"] }, "preset"],
    [{ ...withToken("x"), issuer: { issuer: "https://a.test", keys: "{}" } }, "issuer"],
    [
      {
        ...withToken("x"),
        issuer: { issuer: "https://a.test", keys: '{"keys":[{"kty":"oct","kid":"k","k":"c2VjcmV0"}]}' },
      },
      "issuer",
    ],
  ];
  for (const [body, field] of refused) {
    const answer = await refusal(post(body));
    expect(answer, JSON.stringify(body)).toMatchObject({ status: 400, code: "invalid" });
    expect(answer.fields ?? [""], JSON.stringify(body)).toEqual([field]);
  }
});

test("another issuer's tokens are taken by the keys that are pasted, and nothing is fetched", async () => {
  const own = await publicKeys();
  const foreign = { issuer: "https://elsewhere.test", keys: JSON.stringify(own) };
  const token = await sign("at+jwt", { ...claims(), iss: foreign.issuer });
  expect((await ask({ ...withToken(token), issuer: foreign })).resolved?.tenant).toBe(ann);
});

test("nobody but operators may ask, whatever they own", async () => {
  const asked = json({ headers: [`X-Tenant-Id: ${ann}`] });
  const headers = { ...asked.headers, authorization: `Bearer ${keys.owner}` };
  expect(await refusal(call("POST", "/resolve", { ...asked, headers }))).toMatchObject({ status: 404 });
});

test("asking leaves nothing behind", async () => {
  const count = async () =>
    (
      await world.db.$client.execute(
        "select (select count(*) from sys_audit_entry), (select count(*) from sys_operation)",
      )
    ).rows[0];
  const before = await count();
  await ask(withToken(await tokenOf(ann)));
  expect(await count()).toEqual(before);
});
