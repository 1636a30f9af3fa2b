import { status } from "@grpc/grpc-js";
import { once } from "node:events";
import { connect } from "node:http2";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  bytesOf,
  captured,
  gradesClient,
  gradesDefinition,
  listen,
  serveGrades,
} from "../testing/grades-service.ts";
import { clientOptions, createServer, metadataFor } from "../testing/guide/grpc.ts";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import { emptyDigest } from "../tokens/body-digest.ts";

type Served = Awaited<ReturnType<typeof serveGrades>>;

describe("bytes on the wire", () => {
  const world = new MessageWorld();
  let served: Served;
  let handled = 0;
  beforeAll(async () => {
    served = await serveGrades({ resolver: world.resolver }, () => Promise.resolve(void (handled += 1)));
  });

  afterAll(() => served.stop());

  async function call(change: (headers: Record<string, string>) => Record<string, string | string[]>) {
    const { headers, grade } = await captured(world, { body: "wire" });
    const signed = Object.fromEntries(
      Object.entries(headers.getMap()).map(([name, value]) => [name, String(value)]),
    );
    const session = connect(`http://127.0.0.1:${served.port}`);
    const stream = session.request({
      ":method": "POST",
      ":path": "/school.Grades/Record",
      "content-type": "application/grpc",
      te: "trailers",
      ...change(signed),
    });
    const bytes = bytesOf(grade);
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(bytes.length, 1);
    let code: unknown;
    stream.on("response", (answer) => (code = answer["grpc-status"]));
    stream.on("trailers", (answer) => (code = answer["grpc-status"]));
    stream.end(Buffer.concat([prefix, bytes]));
    stream.resume();
    await once(stream, "close");
    session.close();
    return Number(code);
  }

  const tenant = "tenant-id";
  const context = "x-freehold-context";
  test.each<[string, status, (headers: Record<string, string>) => Record<string, string | string[]>]>([
    ["as they should be", status.OK, (headers) => headers],
    [
      "the tenant twice",
      status.INVALID_ARGUMENT,
      (headers) => ({ ...headers, [tenant]: [tenantA, tenantA] }),
    ],
    ["two tenants", status.INVALID_ARGUMENT, (headers) => ({ ...headers, [tenant]: [tenantA, tenantB] })],
    ["a comma", status.INVALID_ARGUMENT, (headers) => ({ ...headers, [tenant]: `${tenantA},` })],
    ["padded", status.INVALID_ARGUMENT, (headers) => ({ ...headers, [tenant]: ` ${tenantA}\t` })],
    ["empty", status.INVALID_ARGUMENT, (headers) => ({ ...headers, [tenant]: "" })],
    ["a binary twin", status.INVALID_ARGUMENT, (headers) => ({ ...headers, [`${tenant}-bin`]: "QQ==" })],
    [
      "a binary twin of the context",
      status.INVALID_ARGUMENT,
      (headers) => ({ ...headers, [`${context}-bin`]: "QQ==" }),
    ],
    [
      "the context twice",
      status.UNAUTHENTICATED,
      (headers) => ({ ...headers, [context]: [headers[context]!, headers[context]!] }),
    ],
    ["only the tenant", status.UNAUTHENTICATED, () => ({ [tenant]: tenantA })],
    ["nothing", status.UNAUTHENTICATED, () => ({})],
    [
      "another digest's body",
      status.UNAUTHENTICATED,
      (headers) => ({ ...headers, [context]: `${headers[context]}${emptyDigest}` }),
    ],
  ])("%s", async (_, code, change) => {
    handled = 0;
    expect(await call(change)).toBe(code);
    expect(handled).toBe(code === status.OK ? 1 : 0);
  });
});

test("the program of the guide serves a call for its tenant", async () => {
  const world = new MessageWorld();
  const server = createServer(gradesDefinition, world.resolver);
  const client = gradesClient(await listen(server), clientOptions(world.sender));
  onTestFinished(() => {
    client.close();
    server.forceShutdown();
  });
  const answer = Promise.withResolvers<unknown>();
  client.record({ body: "a" }, metadataFor(world.context(tenantA)), (error, receipt) =>
    error ? answer.reject(error) : answer.resolve(receipt),
  );
  expect(await answer.promise).toEqual({ tenant: tenantA, count: 1 });
});
