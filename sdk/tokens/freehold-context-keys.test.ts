import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { body, expected, outgoing, subject } from "../testing/context-world.ts";
import { tenantA } from "../testing/message-world.ts";
import { digestOf } from "./body-digest.ts";
import { freeholdContextKeys, type FreeholdClient } from "./freehold-context-keys.ts";
import { createContextSigner } from "./signed-context.ts";
import { createContextVerifier } from "./verify-context.ts";

const Put = z.object({ jwk: z.object({ kty: z.string(), crv: z.string(), x: z.string() }) });
const registered: { kid: string; service: string; jwk: object; expires_at: string }[] = [];
const sent: number[] = [];
let answer: string | null = null;
let service = "students";

/** Answers as the contract says, or with `answer`. */
async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const reply = (status: number, value: object) => {
    const etag = `"${registered.length}"`;
    const isKnown = request.headers["if-none-match"] === etag;
    sent.push(isKnown ? 304 : status);
    response
      .writeHead(isKnown ? 304 : status, { etag })
      .end(isKnown ? "" : (answer ?? JSON.stringify(value)));
  };
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  if (request.method !== "PUT") return reply(200, { keys: registered });
  const kid = String(request.url?.split("/").at(-1));
  registered.push({ kid, service, jwk: Put.parse(JSON.parse(text)).jwk, expires_at: soon });
  return reply(201, { kid, service, signs_until: soon, expires_at: soon });
}

const server = createServer((request, response) => void respond(request, response));
let client: FreeholdClient;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  client = {
    async request(path, { method = "GET", body: sentBody, etag } = {}) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: etag ? { "if-none-match": etag } : {},
        ...(sentBody === undefined ? {} : { body: JSON.stringify(sentBody) }),
      });
      const isUnchanged = response.status === 304;
      return { body: await response.text(), isUnchanged, etag: response.headers.get("etag") };
    },
  };
});
beforeEach(() => {
  registered.length = 0;
  sent.length = 0;
  answer = null;
  service = "students";
});
afterAll(() => void server.close());

test("what one service signs with is what another one verifies with", async () => {
  const { register } = freeholdContextKeys(client, "students");
  const { keys } = freeholdContextKeys(client, "assessments");
  const signer = createContextSigner({ issuer: "students", register });
  const verify = createContextVerifier({ audience: "assessments", trustedContexts: ["students"], keys });
  const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
  expect(await verify(token, expected())).toMatchObject({ tenant: tenantA, bodyDigest: digestOf(body) });
  expect(registered).toEqual([expect.objectContaining({ kid: expect.stringMatching(/^[\w-]{43}$/) })]);
});

test("a list that has not changed is not sent again", async () => {
  const { register, keys } = freeholdContextKeys(client, "students");
  const signer = createContextSigner({ issuer: "students", register });
  await signer.sign({ tenant: tenantA, subject }, outgoing);
  sent.length = 0;
  const first = await keys();
  expect(await keys()).toEqual(first);
  expect(first).toHaveLength(1);
  expect(sent).toEqual([200, 304]);
});

test("a key of another service is not signed with", async () => {
  service = "billing";
  const { register } = freeholdContextKeys(client, "students");
  const signer = createContextSigner({ issuer: "students", register });
  const signing = signer.sign({ tenant: tenantA, subject }, outgoing);
  await expect(signing).rejects.toMatchObject({ code: "forbidden" });
});

test.each([
  "",
  "<html>",
  "null",
  "{}",
  '{"keys":{}}',
  '{"keys":[null]}',
  '{"keys":[{"kid":"k","service":"s","jwk":{"kty":"RSA"},"expires_at":"2100-01-01T00:00:00Z"}]}',
  '{"keys":[{"kid":"k","service":"s","jwk":{"kty":"OKP","crv":"Ed25519","x":"a"},"expires_at":"soon"}]}',
])("an answer that is not understood is an outage: %s", async (text) => {
  answer = text;
  const { keys } = freeholdContextKeys(client, "students");
  await expect(keys()).rejects.toMatchObject({ code: "unavailable" });
});
