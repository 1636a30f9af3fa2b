import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import {
  codeOf,
  createGatewayWorld,
  exchange,
  statusOf,
  suspended,
  tenantA,
  type GatewayWorld,
} from "@/server/testing/gateway/world";

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld({ maxBody: 1 });
});
afterAll(() => world[Symbol.asyncDispose]());

/** The head of a POST whose client sends its body when it is told to. */
async function headOf({ tenant = tenantA, token = "", length = 2, expectation = "100-continue" } = {}) {
  const bearer = token || (await world.tokenOf(tenant));
  const lines = ["POST /n HTTP/1.1", "Host: 127.0.0.1", `Authorization: Bearer ${bearer}`];
  return [...lines, `Expect: ${expectation}`, `Content-Length: ${length}`, "", ""].join("\r\n");
}

test.each(["100-continue", "100-Continue"])(
  "a body that is wanted is asked for, by %s",
  async (expectation) => {
    const socket = connect(world.gateway.port, "127.0.0.1").setEncoding("latin1");
    onTestFinished(() => void socket.destroy());
    socket.write(await headOf({ expectation }));
    expect(await once(socket, "data")).toEqual(["HTTP/1.1 100 Continue\r\n\r\n"]);
    socket.write("hi");
    const [answer] = await once(socket, "data");
    expect(statusOf(String(answer))).toBe(200);
    expect(world.assessments.arrived.at(-1)?.headers.expect).toBeUndefined();
  },
);

test.each([
  ["of nobody", { token: "x.y.z" }, 401, "unauthenticated"],
  ["of a tenant that is not served", { tenant: suspended }, 403, "tenant_inactive"],
  ["that is too long", { length: 2 * 1024 * 1024 }, 413, "too_large"],
  ["whose head expects something else", { expectation: "banana" }, 417, "expectation_failed"],
] as const)("a body %s is not asked for: %s", async (_, head, status, code) => {
  // The connection ends with the answer: whether the body still comes on it nobody knows.
  const answer = await exchange(world.gateway.port, await headOf(head));
  expect(statusOf(answer), answer).toBe(status);
  expect(codeOf(answer)).toBe(code);
});
