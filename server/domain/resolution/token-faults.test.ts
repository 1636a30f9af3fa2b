import { decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken } from "@/server/auth/issue-token";
import { sign } from "@/server/auth/sign";
import { newId } from "@/server/kernel/ids";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { explained } from "@/server/testing/explained";
import { json, restCaller } from "@/server/testing/rest";

let world: ApiWorld;
let key: string;
const call = restCaller(() => key);
const ann = newId();

beforeAll(async () => {
  world = await createApiWorld();
  key = await world.key(await world.person("Boss", { isOperator: true }));
});
afterAll(() => world.end());

const ask = async (token: string) =>
  explained(
    await call(
      "POST",
      "/resolve",
      json({ headers: [`Authorization: Bearer ${token}`], service: "students" }),
    ),
  );
const tokenOf = async (tenant: string) =>
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

describe("a token that does not verify is told exactly why, and the client is not", () => {
  const cases: Record<string, [make: () => string | Promise<string>, why: RegExp]> = {
    expired: [
      () => sign("at+jwt", claims({ iat: now() - 500, exp: now() - 185 })),
      /^It expired 3 minutes ago\.$/,
    ],
    "of another audience": [
      () => sign("at+jwt", claims({ aud: "orders" })),
      /^It is for "orders", and students was asked\.$/,
    ],
    "of the future": [
      () => sign("at+jwt", claims({ iat: now() + 7300, exp: now() + 7400 })),
      /issued in the future: 2 hours/,
    ],
    "too old": [
      () => sign("at+jwt", claims({ iat: now() - 7300 })),
      /issued 2 hours ago, and after 1 hour none/,
    ],
    "of another type": [() => sign("freehold-entry+jwt", claims()), /of type "freehold-entry\+jwt"/],
    "without claims": [
      () => sign("at+jwt", { tid: ann }),
      /no claim sub.*no claim aud.*no claim iat.*no claim exp/,
    ],
    "with two faults": [
      () => sign("at+jwt", claims({ aud: "orders", iat: now() - 500, exp: now() - 60 })),
      /It is for "orders".+It expired 1 minute ago/,
    ],
    "of another issuer": [
      async () => sign("at+jwt", { ...claims(), iss: "https://elsewhere.test" }),
      /Its issuer is "https:\/\/elsewhere\.test", and tokens of http.+ are taken/,
    ],
    forged: [
      async () => `${(await tokenOf(ann)).split(".").slice(0, 2).join(".")}.${"A".repeat(86)}`,
      /^Its signature was not made with the key ".+"\.$/,
    ],
    "of an unknown key": [
      async () => withHeader(await tokenOf(ann), { kid: "nobody" }),
      /^Its key "nobody" is none that the issuer publishes\.$/,
    ],
    "with a shared secret": [
      async () => withHeader(await tokenOf(ann), { alg: "HS256" }),
      /signed by "HS256", and EdDSA is taken/,
    ],
    "with a key of its own": [
      async () => withHeader(await tokenOf(ann), { jwk: {} }),
      /header has jwk, which is never followed/,
    ],
    "without a key id": [async () => withHeader(await tokenOf(ann), { kid: undefined }), /header has no kid/],
    "that is a key": [() => `fh_${"x".repeat(43)}`, /an API key of Freehold, and no token/],
    "that is encrypted": [() => "a.b.c.d.e", /It is encrypted/],
    "that is none": [() => "hello", /three parts/],
    "that is empty": [() => "", /no token after Bearer/],
    "that is too long": [() => `${"a".repeat(9000)}.b.c`, /longer than 8,192/],
  };
  test.each(Object.entries(cases))("%s", async (_name, [make, why]) => {
    const token = await make();
    const answer = await ask(token);
    expect(answer.refusal).toEqual({
      code: "unauthenticated",
      status: 401,
      message: "A valid token for a tenant is needed.",
    });
    expect(answer.hints[0]).toMatchObject({ source: "token", verdict: "malformed", saw: [] });
    expect(answer.hints[0]?.reason).toMatch(why);
    if (token.length > 20) expect(JSON.stringify(answer)).not.toContain(token);
  });
});

function withHeader(token: string, changed: object): string {
  const header = { ...decodeProtectedHeader(token), ...changed };
  return [Buffer.from(JSON.stringify(header)).toString("base64url"), ...token.split(".").slice(1)].join(".");
}
