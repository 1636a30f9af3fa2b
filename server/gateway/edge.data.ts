/** What one head of a request gets: `{token}` is a token of tenant A, `{a}` and `{b}` are the tenants' ids. */
export interface EdgeCase {
  about: string;
  /** The request line and further lines; Host, the token and the end are added unless `whole`. */
  lines: string[];
  whole?: boolean;
  status: number;
  code?: string;
}

const get = "GET /x HTTP/1.1";
const host = "Host: 127.0.0.1";
const token = "Authorization: Bearer {token}";

export const contradictions: EdgeCase[] = [
  {
    about: "the header names another tenant",
    lines: [get, "X-Tenant-Id: {b}"],
    status: 403,
    code: "tenant_conflict",
  },
  { about: "its alias does", lines: [get, "X-Environment-Id: {b}"], status: 403, code: "tenant_conflict" },
  {
    about: "the host does",
    lines: [get, "Host: b.test", token],
    whole: true,
    status: 403,
    code: "tenant_conflict",
  },
  {
    about: "the path does",
    lines: ["GET /environments/{b}/x HTTP/1.1"],
    status: 403,
    code: "tenant_conflict",
  },
  {
    about: "header and path agree against the token",
    lines: ["GET /environments/{b}/x HTTP/1.1", "X-Tenant-Id: {b}"],
    status: 403,
    code: "tenant_conflict",
  },
  { about: "the header agrees", lines: [get, "X-Tenant-Id: {a}"], status: 200 },
  {
    about: "host, path and header agree",
    lines: ["GET /environments/{a}/x HTTP/1.1", "Host: a.test", token, "X-Tenant-Id: {a}"],
    whole: true,
    status: 200,
  },
];

export const headers: EdgeCase[] = [
  { about: "two lines", lines: [get, "X-Tenant-Id: {a}", "x-tenant-id: {a}"], status: 400 },
  { about: "two values", lines: [get, "X-Tenant-Id: {a}, {a}"], status: 400 },
  { about: "an empty value", lines: [get, "X-Tenant-Id:"], status: 400 },
  { about: "an underscore", lines: [get, "X_Tenant_Id: {a}"], status: 400 },
  { about: "an underscore in one place", lines: [get, "X-Tenant_Id: {b}"], status: 400 },
  { about: "an underscore in the alias", lines: [get, "X_Environment_Id: {b}"], status: 400 },
  { about: "an underscore in a context", lines: [get, "X_Freehold_Context: x"], status: 400 },
  { about: "an underscore in a forwarded host", lines: [get, "X_Forwarded_Host: b.test"], status: 400 },
  { about: "an underscore in the length", lines: [get, "Content_Length: 3"], status: 400 },
  { about: "blanks around it", lines: [get, "X-Tenant-Id: \t {a} \t"], status: 200 },
  { about: "a blank inside", lines: [get, "X-Tenant-Id: 1111 1111"], status: 400 },
  { about: "upper case", lines: [get, "X-Tenant-Id: AAAAAAAA-1111-4111-8111-111111111111"], status: 400 },
  { about: "UTF-8", lines: [get, "X-Tenant-Id: ténant"], status: 400 },
  { about: "2 KB", lines: [get, `X-Tenant-Id: ${"a".repeat(2048)}`], status: 400 },
  { about: "a blank before the colon", lines: [get, "X-Tenant-Id : {b}"], status: 400 },
  { about: "a folded line", lines: [get, "X-Tenant-Id: {a}", " {b}"], status: 400 },
  { about: "a NUL", lines: [get, "X-Tenant-Id: {a}\0"], status: 400 },
  { about: "two tokens", lines: [get, token], status: 400 },
];

export const hosts: EdgeCase[] = [
  { about: "two hosts", lines: [get, host, "Host: b.test", token], whole: true, status: 400 },
  { about: "the same host twice", lines: [get, host, host, token], whole: true, status: 400 },
  { about: "no host", lines: [get, token], whole: true, status: 400 },
  { about: "HTTP/1.0 without a host", lines: ["GET /x HTTP/1.0", token], whole: true, status: 400 },
  { about: "HTTP/1.0 with one", lines: ["GET /x HTTP/1.0", host, token], whole: true, status: 200 },
  { about: "an empty host", lines: [get, "Host:", token], whole: true, status: 400 },
  { about: "a host nobody has", lines: [get, "Host: nobody.test", token], whole: true, status: 404 },
  {
    about: "upper case, a dot and a port",
    lines: [get, "Host: A.Test.:443", token],
    whole: true,
    status: 200,
  },
  { about: "full width", lines: [get, "Host: ｂ.test", token], whole: true, status: 400 },
  { about: "percent-encoded", lines: [get, "Host: b%2etest", token], whole: true, status: 400 },
  { about: "absolute form", lines: ["GET http://b.test/x HTTP/1.1"], status: 400 },
  { about: "absolute form of one's own", lines: ["GET http://127.0.0.1/x HTTP/1.1"], status: 400 },
  { about: "a forwarded host of a stranger", lines: [get, "X-Forwarded-Host: b.test"], status: 200 },
  {
    about: "a forwarded host of a stranger, twice",
    lines: [get, "X-Forwarded-Host: b.test", "X-Forwarded-Host: a.test"],
    status: 200,
  },
];

export const targets: EdgeCase[] = [
  { about: "dots", lines: ["GET /environments/../x HTTP/1.1"], status: 400 },
  { about: "encoded dots", lines: ["GET /environments/%2e%2E/x HTTP/1.1"], status: 400 },
  { about: "one dot", lines: ["GET /./x HTTP/1.1"], status: 400 },
  { about: "dots at the end", lines: ["GET /x/.. HTTP/1.1"], status: 400 },
  { about: "two slashes", lines: ["GET //b.test/x HTTP/1.1"], status: 400 },
  { about: "a backslash", lines: ["GET /\\b.test/x HTTP/1.1"], status: 400 },
  { about: "an encoded NUL", lines: ["GET /x%00 HTTP/1.1"], status: 400 },
  { about: "half an encoding", lines: ["GET /x%e HTTP/1.1"], status: 400 },
  { about: "an encoding of no character", lines: ["GET /x%E0%A4%A HTTP/1.1"], status: 400 },
  { about: "a fragment", lines: ["GET /x#y HTTP/1.1"], status: 400 },
  { about: "bytes beyond ASCII", lines: ["GET /ü HTTP/1.1"], status: 400 },
  { about: "no path", lines: ["OPTIONS * HTTP/1.1"], status: 400 },
  { about: "9 KB", lines: [`GET /${"x".repeat(9 * 1024)} HTTP/1.1`], status: 414, code: "uri_too_long" },
  { about: "brackets and bars", lines: ["GET /a[1]|b;c=d(e)!*'~ HTTP/1.1"], status: 200 },
  { about: "an encoded slash", lines: ["GET /a%2Fb HTTP/1.1"], status: 200 },
];

export const framing: EdgeCase[] = [
  { about: "TRACE", lines: ["TRACE /x HTTP/1.1"], status: 405, code: "method_not_allowed" },
  { about: "CONNECT", lines: ["CONNECT b.test:443 HTTP/1.1"], status: 405, code: "method_not_allowed" },
  { about: "a method of another protocol", lines: ["PROPFIND /x HTTP/1.1"], status: 405 },
  { about: "a method that is none", lines: ["BREW /x HTTP/1.1"], status: 400 },
  {
    about: "length and chunks",
    lines: ["POST /x HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked"],
    status: 400,
  },
  {
    about: "two lengths",
    lines: ["POST /x HTTP/1.1", "Content-Length: 1", "Content-Length: 2"],
    status: 400,
  },
  {
    about: "another coding before chunks",
    lines: ["POST /x HTTP/1.1", "Transfer-Encoding: gzip, chunked"],
    status: 400,
  },
  { about: "a GET with a body", lines: [get, "Content-Length: 5", "", "hello"], status: 400 },
  {
    about: "Connection names the tenant",
    lines: [get, "X-Tenant-Id: {a}", "Connection: close, x-tenant-id"],
    status: 400,
  },
  { about: "Connection names the token", lines: [get, "Connection: close, Authorization"], status: 400 },
  {
    about: "Connection names the gateway's own",
    lines: [get, "Connection: close, x-freehold-context"],
    status: 400,
  },
  {
    about: "Connection names something else",
    lines: [get, "Connection: close, x-mine", "X-Mine: 1"],
    status: 200,
  },
  {
    about: "an upgrade to another protocol",
    lines: [get, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: x"],
    status: 400,
  },
  {
    about: "an expectation that nobody knows",
    lines: ["POST /x HTTP/1.1", "Expect: banana", "Content-Length: 2"],
    status: 417,
    code: "expectation_failed",
  },
  {
    about: "another beside the one that is known",
    lines: ["POST /x HTTP/1.1", "Expect: 100-continue, banana", "Content-Length: 2"],
    status: 417,
  },
  { about: "101 headers", lines: [get, ...Array.from({ length: 101 }, (_, n) => `X-${n}: 1`)], status: 431 },
  {
    about: "17 KB of headers",
    lines: [get, `X-Big: ${"x".repeat(17 * 1024)}`],
    status: 431,
    code: "headers_too_large",
  },
];
