import { tenants } from "../testing/http-world.ts";

/** A request as it goes over the wire, and what may come of it. */
export interface WireCase {
  title: string;
  /** Lines after the first; `{token A}` is a valid bearer token of A. */
  lines: readonly string[];
  /** "GET /whoami HTTP/1.1" unless given. */
  first?: string;
  /** It comes from the address of the gateway. */
  fromGateway?: boolean;
  /** The tenant that is served, or the status that refuses. */
  gives: "A" | "B" | number;
  /** What may come of it too, where a server or a runtime sees less of the bytes. */
  or?: readonly ("A" | number)[];
  /** What comes of it where the transport does not know who is at the other end. */
  withoutPeer?: "A" | "B" | number;
  /** What comes of it where the server keeps the first of several Host lines and hides the rest. */
  withoutLines?: "A";
}

const { A, B, asleep } = tenants;
const local = "Host: 127.0.0.1";

/** One tenant or none: every hint must agree. */
export const agreement: readonly WireCase[] = [
  { title: "a token", lines: [local, "Authorization: {token A}"], gives: "A" },
  { title: "a token of the other tenant", lines: [local, "Authorization: {token B}"], gives: "B" },
  {
    title: "a token, the header, the path and the host that agree",
    first: `GET /t/${A}/whoami HTTP/1.1`,
    lines: ["Host: a.test", "Authorization: {token A}", `X-Tenant-Id: ${A}`],
    gives: "A",
  },
  {
    title: "a token of A and the header of B",
    lines: [local, "Authorization: {token A}", `X-Tenant-Id: ${B}`],
    gives: 403,
  },
  {
    title: "a token of A and the other header of B",
    lines: [local, "Authorization: {token A}", `X-Environment-Id: ${B}`],
    gives: 403,
  },
  {
    title: "a token of A and the host of B",
    lines: ["Host: b.test", "Authorization: {token A}"],
    gives: 403,
  },
  {
    title: "a token of A and the path of B",
    first: `GET /t/${B}/whoami HTTP/1.1`,
    lines: [local, "Authorization: {token A}"],
    gives: 403,
  },
  {
    title: "a token of A and the header of B from the gateway",
    lines: [local, "Authorization: {token A}", `X-Tenant-Id: ${B}`],
    fromGateway: true,
    gives: 403,
  },
  { title: "nothing at all", lines: [local], gives: 401 },
  { title: "a token that nobody signed", lines: [local, "Authorization: Bearer a.b.c"], gives: 401 },
  { title: "a token of a suspended tenant", lines: [local, "Authorization: {token asleep}"], gives: 403 },
  { title: "the host of a suspended tenant", lines: ["Host: asleep.test"], gives: 403 },
  {
    title: "the header of a suspended tenant",
    lines: [local, `X-Tenant-Id: ${asleep}`],
    gives: 401,
    or: [403],
  },
  { title: "a host that nobody has", lines: ["Host: c.test"], gives: 404 },
];

const header = (title: string, ...lines: string[]): WireCase => ({
  title,
  lines: [local, ...lines],
  fromGateway: true,
  gives: 400,
});

/** The header, read strictly, though it comes from the gateway. */
export const headers: readonly WireCase[] = [
  { ...header("one canonical header", `X-Tenant-Id: ${A}`), gives: "A", withoutPeer: 401 },
  { ...header("a header in other letters", `x-TENANT-id: ${A}`), gives: "A", withoutPeer: 401 },
  // What stands around a value is no part of it: the parser takes it off.
  { ...header("a padded header", `X-Tenant-Id: \t ${A} \t`), gives: "A", withoutPeer: 401 },
  header("two headers of two tenants", `X-Tenant-Id: ${A}`, `X-Tenant-Id: ${B}`),
  header("two headers of one tenant", `X-Tenant-Id: ${A}`, `X-Tenant-Id: ${A}`),
  header("two headers in other letters", `X-Tenant-Id: ${A}`, `x-tenant-id: ${B}`),
  header("two values and a comma", `X-Tenant-Id: ${A}, ${B}`),
  header("a value and a comma", `X-Tenant-Id: ${A},`),
  header("an empty header", "X-Tenant-Id:"),
  header("an underscore", `X_Tenant_Id: ${A}`),
  header("an underscore beside the header", `X-Tenant-Id: ${A}`, `X_Tenant_Id: ${B}`),
  header("an upper-case id", `X-Tenant-Id: ${A.toUpperCase()}`),
  header("padding that is no white space to HTTP", `X-Tenant-Id: \u00a0${A}`),
  header("what is no ASCII", "X-Tenant-Id: ténänt"),
  header("two thousand letters", `X-Tenant-Id: ${"a".repeat(2048)}`),
  header("a name that objects have", "X-Tenant-Id: __proto__"),
  {
    ...header("an id that nobody has", `X-Tenant-Id: ${A.replace("0a6f", "0a6e")}`),
    gives: 404,
    withoutPeer: 401,
  },
  { title: "the header from anybody", lines: [local, `X-Tenant-Id: ${A}`], gives: 401 },
  {
    title: "the header from anybody who says that he is the gateway",
    lines: [local, `X-Tenant-Id: ${A}`, "X-Forwarded-For: 127.0.0.2", "Forwarded: for=127.0.0.2"],
    gives: 401,
  },
];

/** Hosts, forwarded and not. */
export const hosts: readonly WireCase[] = [
  { title: "a host", lines: ["Host: a.test"], gives: "A" },
  {
    title: "another host forwarded by anybody",
    lines: ["Host: a.test", "X-Forwarded-Host: b.test"],
    gives: "A",
  },
  {
    title: "another host forwarded by the gateway",
    lines: ["Host: a.test", "X-Forwarded-Host: b.test"],
    fromGateway: true,
    gives: "B",
    withoutPeer: "A",
  },
  {
    title: "two forwarded hosts",
    lines: ["Host: a.test", "X-Forwarded-Host: a.test", "X-Forwarded-Host: b.test"],
    fromGateway: true,
    gives: 400,
    withoutPeer: "A",
  },
  {
    title: "forwarded hosts and a comma",
    lines: ["Host: a.test", "X-Forwarded-Host: b.test, a.test"],
    fromGateway: true,
    gives: 400,
    withoutPeer: "A",
  },
  { title: "two hosts", lines: ["Host: a.test", "Host: b.test"], gives: 400, withoutLines: "A" },
  { title: "the same host twice", lines: ["Host: a.test", "host: a.test"], gives: 400, withoutLines: "A" },
  {
    title: "a token and two hosts",
    lines: ["Host: a.test", "Host: a.test", "Authorization: {token A}"],
    gives: 400,
    withoutLines: "A",
  },
  { title: "no host", first: "GET /whoami HTTP/1.0", lines: [], gives: 400 },
  { title: "an empty host", lines: ["Host:"], gives: 400, or: [404] },
  {
    title: "a target that names another host",
    first: "GET http://b.test/whoami HTTP/1.1",
    lines: ["Host: a.test"],
    gives: 400,
    or: ["A", 308],
  },
  {
    title: "a token and a target that names a host",
    first: "GET http://b.test/whoami HTTP/1.1",
    lines: ["Host: a.test", "Authorization: {token A}"],
    gives: 400,
    or: ["A", 308],
  },
  {
    title: "a host with its port, a dot and in other letters",
    lines: ["Host: A.Test.:443"],
    gives: "A",
    or: [400],
  },
  { title: "a full-width host", lines: ["Host: ａ.test"], gives: 400, or: ["A"] },
  { title: "an encoded host", lines: ["Host: a%2etest"], gives: 400, or: ["A"] },
  { title: "a host below a tenant's", lines: ["Host: x.a.test"], gives: 404 },
  { title: "a host with a user", lines: ["Host: a.test@b.test"], gives: 400 },
];
