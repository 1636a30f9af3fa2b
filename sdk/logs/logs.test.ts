import { context as otel, ROOT_CONTEXT, type Attributes } from "@opentelemetry/api";
import { pino, type Logger, type LoggerOptions } from "pino";
import { describe, expect, test } from "vitest";
import { withLoggedTenant } from "../context/current-tenant.ts";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import { register } from "prom-client";
import { observe } from "../testing/guide/logs.ts";
import { createMask, type MaskPolicy } from "./mask.ts";
import { tenantAttributes, tenantSpanProcessor, withTenant } from "./opentelemetry.ts";
import { tenantMixin, tenantRedaction, tenantSerializers } from "./pino.ts";

const salt = "a salt of this installation";
const hash = createMask({ show: "hashed", salt });

describe("a mask", () => {
  test.each<[MaskPolicy, string | null]>([
    [{ show: "nothing" }, null],
    [{ show: "everything" }, tenantA],
    [{ show: "last four" }, "…1c11"],
    [{ show: "hashed", salt }, expect.stringMatching(/^t_[\w-]{16}$/)],
  ])("%j", (policy, shown) => {
    const mask = createMask(policy);
    expect(mask(tenantA)).toEqual(shown);
    // A line may be masked on its way more than once.
    const once = mask(tenantA);
    expect(once === null ? null : mask(once)).toBe(once);
  });

  test("hashes differ by tenant and by installation, and need a salt", () => {
    const elsewhere = createMask({ show: "hashed", salt: "a salt of another one" });
    expect(new Set([hash(tenantA), hash(tenantB), elsewhere(tenantA)]).size).toBe(3);
    expect(hash(tenantA)).toBe(hash(tenantA));
    expect(() => createMask({ show: "hashed", salt: "" })).toThrow("16 characters");
  });
});

describe("pino", () => {
  const world = new MessageWorld();
  const context = world.context(tenantA);

  function lines(options: LoggerOptions, log: (logger: Logger) => void): string {
    const written: string[] = [];
    log(pino(options, { write: (line: string) => void written.push(line) }));
    return written.join("");
  }

  test("a line says its tenant only when it is asked to, and as the mask shows it", () => {
    const say = (options: LoggerOptions) => JSON.parse(lines(options, (logger) => logger.info("done")));
    expect(say({})).not.toHaveProperty("tenant");
    expect(say({ mixin: tenantMixin(hash, () => tenantA) })).toMatchObject({ tenant: hash(tenantA) });
    expect(say({ mixin: tenantMixin(hash, () => null) })).not.toHaveProperty("tenant");
    const nothing = createMask({ show: "nothing" });
    expect(say({ mixin: tenantMixin(nothing, () => tenantA) })).not.toHaveProperty("tenant");
  });

  test.each<MaskPolicy>([{ show: "nothing" }, { show: "hashed", salt }, { show: "last four" }])(
    "no line has the id or a signed context in it: %j",
    async (policy) => {
      const mask = createMask(policy);
      const headers: Record<string, string> = { "tenant-id": tenantA };
      const setter = {
        set: (carrier: typeof headers, name: string, value: string) => void (carrier[name] = value),
      };
      const call = { audience: "a", method: "GET", path: "/", bodyDigest: "" };
      await world.sender.inject(context, call, headers, setter);
      const options = {
        mixin: tenantMixin(mask, () => tenantA),
        serializers: tenantSerializers(mask),
        redact: tenantRedaction(mask, ["job.owner"]),
      };
      const written = lines(options, (logger) => {
        logger.info({ tenant: tenantA, tenantId: tenantA, tenant_id: tenantA, tid: tenantA }, "flat");
        logger.info({ tenant: context, context }, "contexts");
        logger.info({ headers, req: { headers }, job: { owner: tenantA, data: { headers } } }, "nested");
        logger
          .child({ tenant: tenantA })
          .child({ context })
          .info({ claims: { tid: tenantA } }, "children");
      });
      expect(written.split("\n")).toHaveLength(5);
      expect(written).not.toContain(tenantA);
      expect(written).not.toContain(headers["x-freehold-context"]);
      expect(written.match(/"flat"|"contexts"|"nested"|"children"/g)).toHaveLength(4);
    },
  );

  test("a context is logged as its tenant alone, and what is no context is left", () => {
    const serializers = tenantSerializers(createMask({ show: "everything" }));
    const written = lines({ serializers }, (logger) => {
      logger.info({ context });
      logger.info({ context: { step: 1 } });
    });
    const [first, second] = written
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).context);
    expect([first, second]).toEqual([{ tenant: tenantA }, { step: 1 }]);
  });
});

describe("OpenTelemetry", () => {
  const context = new MessageWorld().context(tenantA);
  const spans = (mask: ReturnType<typeof createMask>, parent = withTenant(ROOT_CONTEXT, context)) => {
    const attributes: Attributes = {};
    const span = { setAttributes: (added: Attributes) => Object.assign(attributes, added) };
    tenantSpanProcessor(mask).onStart(span as never, parent);
    return attributes;
  };

  test("a span that starts for a tenant has it as the mask shows it", () => {
    expect(spans(hash)).toEqual({ "tenant.id": hash(tenantA) });
    expect(spans(createMask({ show: "nothing" }))).toEqual({});
    expect(tenantAttributes(createMask({ show: "last four" }), tenantA)).toEqual({ "tenant.id": "…1c11" });
  });

  test("a span that starts for nobody has none, and a tenant stays in its own context", () => {
    expect(spans(hash, ROOT_CONTEXT)).toEqual({});
    expect(spans(hash, otel.active())).toEqual({});
    const inner = withTenant(withTenant(ROOT_CONTEXT, context), new MessageWorld().context(tenantB));
    expect(spans(hash, inner)).toEqual({ "tenant.id": hash(tenantB) });
  });
});

test("the program of the guide logs and counts a tenant by its hash", async () => {
  const context = new MessageWorld().context(tenantA);
  const written: string[] = [];
  const { logger, count } = observe(salt, {
    write: (line: string) => void written.push(line),
  });
  withLoggedTenant(context, () => logger.info({ context }, "served"));
  count(context);
  expect(JSON.parse(written.join(""))).toMatchObject({
    tenant: hash(tenantA),
    context: { tenant: hash(tenantA) },
  });
  expect(await register.getSingleMetricAsString("grades_calls_total")).toContain(
    `grades_calls_total{tenant="${hash(tenantA)}"} 1`,
  );
});
