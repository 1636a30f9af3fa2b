import { once } from "node:events";
import { expect, test } from "vitest";
import { outcomeOf, signed, type Scene } from "../testing/http-scene.ts";
import { tenants } from "../testing/http-world.ts";
import { open, requestOf } from "../testing/wire.ts";

const json = { "content-type": "application/json" };

/** Callers that go away harm nobody who stays. */
export function goingOn(scene: () => Scene): void {
  const expectServed = async () => {
    const { send, tokens } = scene();
    const lines = ["Host: 127.0.0.1", `Authorization: ${tokens.A}`];
    expect(outcomeOf(await send("GET /whoami HTTP/1.1", lines))).toBe("A");
  };

  /** Writes the start of a request, waits until it is on its way, and goes away. */
  const breakOff = async (lines: readonly string[], body = "") => {
    const socket = await open(scene().served.port);
    socket.on("error", () => {});
    await new Promise((resolve) => socket.write(requestOf(lines, body), resolve));
    socket.resetAndDestroy();
    await once(socket, "close");
  };

  test("when a caller goes away in the middle of a body that a signed context covers", async () => {
    const head = await signed(scene().world, "/echo", "{}");
    const named = Object.entries({ ...head, ...json }).map(([name, value]) => `${name}: ${value}`);
    const lines = ["POST /echo HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 9000", ...named];
    for (let turn = 0; turn < 20; turn++) await breakOff(lines, "{".repeat(turn));
    await expectServed();
  });

  test("when a caller goes away before the answer", async () => {
    const { tokens } = scene();
    const lines = ["Host: 127.0.0.1", `Authorization: ${tokens.A}`];
    for (const path of ["whoami", "download", "refuses"])
      for (let turn = 0; turn < 5; turn++) await breakOff([`GET /${path} HTTP/1.1`, ...lines]);
    await expectServed();
  });

  test("on a connection that is kept, after a refusal with a body that nobody read", async () => {
    const { served, tokens } = scene();
    const refused = requestOf(
      ["POST /echo HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", "Content-Length: 12"],
      '{"tenant":1}',
    );
    const last = [
      "GET /whoami HTTP/1.1",
      "Host: 127.0.0.1",
      `Authorization: ${tokens.A}`,
      "Connection: close",
    ];
    const socket = await open(served.port);
    let received = "";
    socket.setEncoding("utf8").on("data", (text: string) => (received += text));
    socket.write(Buffer.concat([refused, requestOf(last)]));
    await once(socket, "close");
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 401", "HTTP/1.1 200"]);
    expect(received).toContain(tenants.A);
  });
}
