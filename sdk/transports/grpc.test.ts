import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FreeholdError } from "../errors/freehold-error.ts";
import { statusOf, type RefusalCode } from "../errors/refusal-code.ts";
import {
  bytesOf,
  captured,
  serveGrades,
  type Grade,
  type GradesClient,
  type Receipt,
} from "../testing/grades-service.ts";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import { digestOf } from "../tokens/body-digest.ts";
import { asTenant, tenantClientInterceptor } from "./grpc.ts";
import { testTransport } from "./messages.contract.ts";

type Served = Awaited<ReturnType<typeof serveGrades>>;
const running: Served[] = [];
const serve = async (...args: Parameters<typeof serveGrades>) => {
  const served = await serveGrades(...args);
  running.push(served);
  return served;
};
afterAll(() => running.forEach((served) => served.stop()));

const gradeOf = (body: string): Grade => ({ body, notes: { b: "2", a: "1" } });
const record = (client: GradesClient, grade: Grade, metadata: Metadata, options = {}) =>
  new Promise<Receipt>((resolve, reject) => {
    client.record(grade, metadata, options, (error, receipt) => (receipt ? resolve(receipt) : reject(error)));
  });

testTransport("gRPC", async (world, receiver) => {
  const { resolver, report } = world;
  const served = await serve({ resolver, report }, (context, { body }) => receiver.handle(context, body));
  const signing = served.client(tenantClientInterceptor(world.sender, "assessments"));
  const bare = served.client();
  const codeOf = (error: ServiceError | null) => String(error?.metadata.get("x-freehold-refused")[0]);
  return {
    destination: "/school.Grades/Record",
    elsewhere: "/school.Grades/Publish",
    isCall: true,
    outgoing: (path, body) => ({
      audience: "assessments",
      method: "POST",
      path,
      bodyDigest: digestOf(bytesOf(gradeOf(body))),
    }),
    async send(context, body) {
      await record(signing, gradeOf(body), asTenant(context));
    },
    sendRaw(path, headers, body) {
      const metadata = new Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      const method = path === "/school.Grades/Record" ? bare.record.bind(bare) : bare.publish.bind(bare);
      return new Promise((resolve) => {
        method(gradeOf(body), metadata, (error: ServiceError | null) => {
          if (error) receiver.refuse(codeOf(error), body);
          resolve();
        });
      });
    },
  };
});

describe("calls of each kind", () => {
  const world = new MessageWorld();
  const seen: { tenant: string; body: string }[] = [];
  let served: Served;
  let client: GradesClient;

  beforeAll(async () => {
    const { resolver } = world;
    served = await serve({ resolver, exempt: ["/school.Grades/Check"] }, ({ tenant }, { body }) => {
      seen.push({ tenant, body });
      return Promise.resolve();
    });
    client = served.client(tenantClientInterceptor(world.sender, "assessments"));
  });

  const receipts = async (stream: AsyncIterable<unknown>) => {
    const all: unknown[] = [];
    for await (const receipt of stream) all.push(receipt);
    return all;
  };

  test.each([tenantA, tenantB])(
    "streams of requests and of answers are for their tenant %s",
    async (tenant) => {
      seen.length = 0;
      const context = world.context(tenant);
      const three = [1, 2, 3].map((count) => ({ tenant, count }));
      expect(await receipts(client.list({ body: "list" }, asTenant(context)))).toEqual(three);

      const imported = Promise.withResolvers<Receipt | undefined>();
      const importing = client.import(asTenant(context), (error, receipt) =>
        error ? imported.reject(error) : imported.resolve(receipt),
      );
      for (const body of ["i1", "i2", "i3"]) importing.write({ body });
      importing.end();
      expect(await imported.promise).toEqual({ tenant, count: 3 });

      const following = client.follow(asTenant(context));
      for (const body of ["f1", "f2", "f3"]) following.write({ body });
      following.end();
      expect(await receipts(following)).toEqual(three);
      expect(seen).toEqual(["list", "i1", "i2", "i3", "f1", "f2", "f3"].map((body) => ({ tenant, body })));
    },
  );

  test("streams of two tenants, 20 at once, do not swap", async () => {
    const all = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const tenant = index % 2 === 0 ? tenantA : tenantB;
        const stream = client.follow(asTenant(world.context(tenant)));
        for (let count = 0; count < 5; count += 1) stream.write({ body: tenant });
        stream.end();
        const answers = await receipts(stream);
        return answers.every((answer) => (answer as Receipt).tenant === tenant) && answers.length === 5;
      }),
    );
    expect(all).toEqual(all.map(() => true));
  });

  test("a stream of a suspended tenant does not reach its handler", async () => {
    seen.length = 0;
    world.status.set(tenantA, "suspended");
    const stream = client.follow(asTenant(world.context(tenantA)));
    stream.write({ body: "no" });
    const refused = receipts(stream).catch((error: unknown) => error);
    expect(await refused).toMatchObject({ code: status.PERMISSION_DENIED });
    world.status.set(tenantA, "active");
    expect(seen).toEqual([]);
  });

  test("a call that is sent twice is taken once", async () => {
    const { headers, grade } = await captured(world, { body: "once" });
    await record(served.client(), grade, headers);
    await expect(record(served.client(), grade, headers)).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
    });
  });

  test("a request with all that proto3 leaves out is bound to its bytes", async () => {
    const grade = { body: "", points: 0, notes: {} };
    expect(await record(client, grade, asTenant(world.context(tenantA)))).toMatchObject({ tenant: tenantA });
  });

  test("an exempted method is served without a tenant", async () => {
    const answer = Promise.withResolvers<Receipt | undefined>();
    served.client().check({ body: "" }, new Metadata(), (_, receipt) => answer.resolve(receipt));
    expect(await answer.promise).toEqual({ tenant: "", count: 0 });
  });

  test("a call without a tenant is not sent", async () => {
    seen.length = 0;
    await expect(record(client, { body: "x" }, new Metadata())).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
      details: "The call has no tenant: give it metadata of asTenant().",
    });
    expect(seen).toEqual([]);
  });

  test("metadata of one tenant can be used for several calls, and gets no context of them", async () => {
    const metadata = asTenant(world.context(tenantB));
    for (const body of ["1", "2"])
      expect(await record(client, { body }, metadata)).toMatchObject({ tenant: tenantB });
    expect(metadata.getMap()).toEqual({});
  });

  test("calls that end before they are signed end for their caller", async () => {
    const metadata = () => asTenant(world.context(tenantA));
    const past = { deadline: Date.now() - 1 };
    await expect(record(client, { body: "late" }, metadata(), past)).rejects.toMatchObject({
      code: status.DEADLINE_EXCEEDED,
    });
    const ended = Promise.withResolvers<ServiceError | null>();
    client.record({ body: "cancelled" }, metadata(), ended.resolve).cancel();
    expect(await ended.promise).toMatchObject({ code: status.CANCELLED });
    expect(seen.filter(({ body }) => body === "late" || body === "cancelled")).toEqual([]);
  });

  test("a service that is not wrapped serves nobody", async () => {
    const bare = await serve(
      { resolver: world.resolver },
      () => Promise.reject(new Error("It is served.")),
      false,
    );
    const { headers, grade } = await captured(world, { body: "bare" });
    await expect(record(bare.client(), grade, headers)).rejects.toMatchObject({ code: status.INTERNAL });
  });
});

describe("each refusal has its status", () => {
  const expected: Record<RefusalCode, status> = {
    invalid: status.INVALID_ARGUMENT,
    unauthenticated: status.UNAUTHENTICATED,
    tenant_required: status.UNAUTHENTICATED,
    tenant_conflict: status.PERMISSION_DENIED,
    not_found: status.NOT_FOUND,
    tenant_inactive: status.PERMISSION_DENIED,
    forbidden: status.PERMISSION_DENIED,
    limit: status.RESOURCE_EXHAUSTED,
    schema_too_old: status.FAILED_PRECONDITION,
    unavailable: status.UNAVAILABLE,
  };
  test.each(Object.keys(statusOf) as RefusalCode[])("%s", async (code) => {
    const resolver = { resolve: () => Promise.reject(new FreeholdError(code, "A sentence.")) };
    const served = await serve({ resolver }, () => Promise.resolve());
    const refused = record(served.client(), { body: "" }, new Metadata());
    await expect(refused).rejects.toMatchObject({ code: expected[code], details: "A sentence." });
  });

  test("an error that is no refusal tells nothing to the caller, and the service hears of it", async () => {
    const errors: unknown[] = [];
    const broken = new Error("postgres://u:secret@host");
    const resolver = { resolve: () => Promise.reject(broken) };
    const served = await serve({ resolver, onError: (error) => errors.push(error) }, () => Promise.resolve());
    const refused = record(served.client(), { body: "" }, new Metadata());
    const details = "The tenant of the call cannot be found out.";
    await expect(refused).rejects.toMatchObject({ code: status.INTERNAL, details });
    expect(errors).toEqual([broken]);
  });
});
