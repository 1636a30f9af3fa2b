import { expect, test } from "vitest";
import { signed, type Scene } from "../testing/http-scene.ts";
import { contextOf, tenants } from "../testing/http-world.ts";
import { requestOf, sendBytes } from "../testing/wire.ts";
import { createFetchAs } from "./fetch-as.ts";

const octets = { "content-type": "application/octet-stream" };
const json = { "content-type": "application/json" };

/** What a signed context covers is checked, and read again by handlers. */
export function readingBodies(scene: () => Scene): void {
  const call = (path: string, init: RequestInit, letter: "A" | "B" = "A") =>
    createFetchAs(scene().world.sender)(contextOf(tenants[letter]), "school")(scene().url(path), init);

  test("that a signed context covers, and the handler reads them again", async () => {
    for (const text of ["", "x", "ä".repeat(40_000)]) {
      const answer = await call("/echo", { method: "POST", headers: json, body: JSON.stringify({ text }) });
      expect([answer.status, await answer.json()]).toEqual([200, { tenant: tenants.A, body: { text } }]);
    }
  });

  test("that a signed context covers, sent in pieces of unknown length", async () => {
    const { world, url } = scene();
    const body = JSON.stringify({ text: "piece by piece ".repeat(4_000) });
    const head = await signed(world, "/echo", body);
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < body.length; at += 1000)
          controller.enqueue(Buffer.from(body.slice(at, at + 1000)));
        controller.close();
      },
    });
    const init = { method: "POST", headers: { ...head, ...json }, body: stream, duplex: "half" } as const;
    const answer = await fetch(url("/echo"), init);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { tenant: tenants.A, body: JSON.parse(body) },
    ]);
  });

  test("and refuses another body than the one that was signed", async () => {
    const { world, url } = scene();
    const head = await signed(world, "/echo", '{"amount":1}');
    const init = { method: "POST", headers: { ...head, ...json }, body: '{"amount":9}' };
    expect((await fetch(url("/echo"), init)).status).toBe(401);
    // A parser that comes first may find it empty before anybody finds it forged.
    expect([400, 401]).toContain((await fetch(url("/echo"), { ...init, body: "" })).status);
    expect((await fetch(url("/echo?all"), { ...init, body: '{"amount":1}' })).status).toBe(401);
    expect((await fetch(url("/echo"), { ...init, body: '{"amount":1}' })).status).toBe(200);
  });

  test("and takes a call without a body whose context is signed", async () => {
    expect((await call("/whoami?q=1", {})).status).toBe(200);
    expect((await call("/whoami", { method: "DELETE" })).status).toBe(200);
  });

  test("up to 1 MiB, and refuses longer ones that a signed context covers", async () => {
    const { served, world } = scene();
    const body = Buffer.alloc(1024 * 1024 + 1, "x");
    const send = async (payload: Buffer) => {
      const head = { ...(await signed(world, "/upload", payload)), "content-length": payload.length };
      const lines = Object.entries({ ...octets, ...head }).map(([name, value]) => `${name}: ${value}`);
      const first = ["POST /upload HTTP/1.1", "Host: 127.0.0.1", "Connection: close"];
      return sendBytes(served.port, requestOf([...first, ...lines], payload));
    };
    const taken = await send(body.subarray(1));
    const length = body.length - 1;
    expect([taken.status, JSON.parse(taken.body.toString())]).toEqual([200, { tenant: tenants.A, length }]);
    expect([400, 401]).toContain((await send(body)).status);
  });

  test("of any length that no context covers", async () => {
    const { tokens, url } = scene();
    const body = new Uint8Array(3 * 1024 * 1024);
    const authorization = tokens.B;
    const answer = await fetch(url("/upload"), {
      method: "POST",
      headers: { authorization, ...octets },
      body,
    });
    expect([answer.status, await answer.json()]).toEqual([200, { tenant: tenants.B, length: body.length }]);
  });
}
