import { describe, expect, test } from "vitest";
import { body, contextWorld, expected, outgoing, refused, subject } from "../testing/context-world.ts";
import { KeyRegister, tenantA } from "../testing/message-world.ts";
import { digestOf, emptyDigest } from "./body-digest.ts";
import { createContextSigner } from "./signed-context.ts";
import type { RegisterKey } from "./signing-key.ts";

describe("a call is taken once", () => {
  test("a second time it is refused, also at once", async () => {
    const { signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => verify(token, expected())));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("until its context has ended, however many come between", async () => {
    const { clock, signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
    await verify(token, expected());
    for (const seconds of [1, 30, 60, 64]) {
      clock.ahead = seconds * 1_000;
      await verify(await signer.sign({ tenant: tenantA, subject }, outgoing), expected());
      await expect(verify(token, expected())).rejects.toMatchObject(refused);
    }
  });

  test("also when the memory of it has changed places", async () => {
    const { clock, signer, verify } = contextWorld();
    const sign = () => signer.sign({ tenant: tenantA, subject }, outgoing);
    await verify(await sign(), expected());
    clock.ahead = 40_000;
    const token = await sign();
    await verify(token, expected());
    clock.ahead = 75_000;
    await verify(await sign(), expected());
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
  });

  test("a GET may be repeated", async () => {
    const { signer, verify } = contextWorld();
    const get = { ...outgoing, method: "GET", bodyDigest: emptyDigest };
    const token = await signer.sign({ tenant: tenantA, subject }, get);
    const again = expected({ method: "GET", bodyDigest: () => Promise.resolve(emptyDigest) });
    await verify(token, again);
    await expect(verify(token, again)).resolves.toMatchObject({ tenant: tenantA });
  });

  test("when no more can be remembered, none are taken until some have ended", async () => {
    const { clock, signer, verifier } = contextWorld();
    const verify = verifier({ rememberedCalls: 3 });
    const call = async () => verify(await signer.sign({ tenant: tenantA, subject }, outgoing), expected());
    await Promise.all([call(), call(), call()]);
    await expect(call()).rejects.toMatchObject({ code: "unavailable" });
    clock.ahead = 141_000;
    await expect(call()).resolves.toMatchObject({ tenant: tenantA });
  });
});

describe("messages", () => {
  const queue = { audience: "grades", method: "message", path: "grades", bodyDigest: digestOf(body) };
  const arrives = (path: string) => expected({ method: "message", path });

  test("wait for a day, may come twice, and are for one queue", async () => {
    const { clock, signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, queue);
    clock.ahead = 86_000_000;
    await verify(token, arrives("grades"));
    await expect(verify(token, arrives("grades"))).resolves.toMatchObject({ tenant: tenantA });
    await expect(verify(token, arrives("payments"))).rejects.toMatchObject(refused);
    clock.ahead = 86_410_000;
    await expect(verify(token, arrives("grades"))).rejects.toMatchObject(refused);
  });

  test("are for their queue, and not for the service that reads it", async () => {
    const { signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, { ...queue, audience: "assessments" });
    await expect(verify(token, arrives("grades"))).rejects.toMatchObject(refused);
  });

  test("wait for seven days at most", async () => {
    const { clock, signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, { ...queue, lifetimeSeconds: 9e9 });
    clock.ahead = 604_700_000;
    await verify(token, arrives("grades"));
    clock.ahead = 604_810_000;
    await expect(verify(token, arrives("grades"))).rejects.toMatchObject(refused);
  });
});

describe("the pair that signs", () => {
  const sign = (signer: ReturnType<typeof createContextSigner>) =>
    signer.sign({ tenant: tenantA, subject }, outgoing);

  test("is registered once by many at once, and replaced before it ends", async () => {
    const { register, clock, signer, verifier } = contextWorld();
    await Promise.all(Array.from({ length: 20 }, () => sign(signer)));
    expect(register.keys).toHaveLength(1);
    clock.ahead = 86_400_000 - 3_590_000;
    const last = await sign(signer);
    await expect.poll(() => register.keys.length).toBe(2);
    const verify = verifier();
    await verify(last, expected());
    await expect(verify(await sign(signer), expected())).resolves.toMatchObject({ tenant: tenantA });
    expect(register.keys).toHaveLength(2);
  });

  test("goes on while the next cannot be registered, and not past its end", async () => {
    const register = new KeyRegister();
    const clock = { ahead: 0, isAway: false, asked: 0 };
    const now = () => Date.now() + clock.ahead;
    const accept = register.register("students", { now });
    const registering: RegisterKey = (jwk) => {
      clock.asked += 1;
      return clock.isAway ? Promise.reject(new Error("away")) : accept(jwk);
    };
    const signer = createContextSigner({ issuer: "students", register: registering, now });
    await sign(signer);
    clock.isAway = true;
    clock.ahead = 86_400_000 - 60_000;
    await sign(signer);
    await sign(signer);
    expect(clock.asked).toBe(2);
    clock.ahead = 86_400_001;
    await expect(sign(signer)).rejects.toThrow("away");
    clock.isAway = false;
    await sign(signer);
    expect(register.keys).toHaveLength(2);
  });
});

describe("the keys that verify", () => {
  const call = async ({ signer, verify }: ReturnType<typeof contextWorld>) =>
    verify(await signer.sign({ tenant: tenantA, subject }, outgoing), expected());

  test("are asked for once by many, and again while they are in use", async () => {
    const here = contextWorld();
    await Promise.all(Array.from({ length: 20 }, () => call(here)));
    expect(here.register.listed).toBe(1);
    here.clock.ahead = 6_000;
    await call(here);
    expect(here.register.listed).toBe(2);
  });

  test("a revoked service is out within 15 seconds", async () => {
    const here = contextWorld();
    await call(here);
    here.register.keys.length = 0;
    here.clock.ahead = 15_001;
    await expect(call(here)).rejects.toMatchObject(refused);
  });

  test("unknown keys are asked for at most once a second", async () => {
    const { register, clock, verify } = contextWorld();
    const strangers = createContextSigner({
      issuer: "students",
      register: () => Promise.resolve({ kid: "stranger", signsUntil: new Date(Date.now() + 3_600_000) }),
    });
    const token = await strangers.sign({ tenant: tenantA, subject }, outgoing);
    for (let turn = 0; turn < 50; turn += 1)
      await expect(verify(token, expected())).rejects.toMatchObject(refused);
    expect(register.listed).toBe(1);
    clock.ahead = 1_500;
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
    expect(register.listed).toBe(2);
  });

  test("of a service that registers right after they were asked for are waited for", async () => {
    const here = contextWorld();
    await call(here);
    const another = createContextSigner({
      issuer: "students",
      register: here.register.register("students", { now: here.now }),
      now: here.now,
    });
    const sign = () => another.sign({ tenant: tenantA, subject }, outgoing);
    const tokens = [await sign(), await sign()];
    const all = await Promise.all(tokens.map((token) => here.verify(token, expected())));
    expect(all.map(({ tenant }) => tenant)).toEqual([tenantA, tenantA]);
    expect(here.register.listed).toBe(2);
  });

  test("that nobody knows yet cannot be told from none while they cannot be had", async () => {
    const here = contextWorld();
    const source = { isAway: false };
    const keys = () => (source.isAway ? Promise.reject(new Error("away")) : here.register.list());
    const verify = here.verifier({ keys });
    await call({ ...here, verify });
    const another = createContextSigner({
      issuer: "students",
      register: here.register.register("students", { now: here.now }),
      now: here.now,
    });
    source.isAway = true;
    const token = await another.sign({ tenant: tenantA, subject }, outgoing);
    await expect(verify(token, expected())).rejects.toMatchObject({ code: "unavailable" });
    source.isAway = false;
    await expect(verify(token, expected())).resolves.toMatchObject({ tenant: tenantA });
  });

  test("serve for the stated time while they cannot be had, then nothing does", async () => {
    const here = contextWorld();
    const source = { isAway: false };
    const keys = () => (source.isAway ? Promise.reject(new Error("away")) : here.register.list());
    const verify = here.verifier({ keys, outageSeconds: 60 });
    const now = { ...here, verify };
    await call(now);
    source.isAway = true;
    here.clock.ahead = 59_000;
    await call(now);
    here.clock.ahead = 62_000;
    await expect(call(now)).rejects.toMatchObject({ code: "unavailable" });
    source.isAway = false;
    here.clock.ahead = 64_000;
    await expect(call(now)).resolves.toMatchObject({ tenant: tenantA });
  });
});
