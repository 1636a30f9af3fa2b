import { expect, test } from "vitest";
import { trustedHops } from "./trusted-hops.ts";

const isTrusted = trustedHops(["10.1.0.0/16", "192.0.2.7", "fd00::/8", "2001:db8::1"]);

test.each([
  "10.1.0.0",
  "10.1.255.255",
  "192.0.2.7",
  "::ffff:10.1.2.3",
  "fd12::9",
  "2001:DB8:0::1",
  "fd12::9%eth0",
])("%s is a trusted hop", (peer) => {
  expect(isTrusted(peer)).toBe(true);
  expect(isTrusted(peer)).toBe(true);
});

test.each([
  "10.2.0.0",
  "192.0.2.8",
  "::ffff:10.2.0.1",
  "fe80::1",
  "::",
  "0.0.0.0",
  "127.0.0.1",
  "::1",
  "",
  "unix",
  "10.1",
  "0x0a010203",
  "010.1.2.3",
  "10.1.2.3, 10.1.2.4",
  "10.1.2.3:80",
  " 10.1.2.3",
  null,
])("%s is none", (peer) => {
  expect(isTrusted(peer)).toBe(false);
  expect(isTrusted(peer)).toBe(false);
});

test("without networks nobody is one", () => {
  expect(trustedHops([])("127.0.0.1")).toBe(false);
});

test.each([
  "",
  "gateway",
  "10.1",
  "10.1.0.0/33",
  "10.1.0.0/-1",
  "10.1.0.0/",
  "10.1.0.0/8/8",
  "fd00::/129",
  "fe80::1%eth0",
  "0.0.0.0/0",
  "::/0",
  "*",
  "10.0.0.0-10.0.0.9",
])("%s is a mistake at the start", (network) => {
  expect(() => trustedHops(["10.0.0.1", network])).toThrow(TypeError);
});
