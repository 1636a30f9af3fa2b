import { ids } from "../testing/catalog.data.ts";
import { databasePerTenant, environmentRouter, headerFilter } from "./presets.ts";
import type { ResolutionPolicy } from "./policy.ts";

const { ann, bob } = ids;
const own = databasePerTenant(["api.test"]);
const routed = environmentRouter({ only: ann, sharedHosts: ["api.test"] });

interface BytesRow {
  policy: ResolutionPolicy;
  /** Whether the test's own address is a trusted hop. */
  trusts: boolean;
  /** What goes over the wire, a byte for each character. */
  lines: readonly string[];
  /** As in the other tables, or `400` when the server refuses before anybody reads. */
  is: string;
}

const get = "GET / HTTP/1.1";
const host = "Host: api.test";
const utf8 = (text: string) => Buffer.from(text).toString("latin1");
const header = (...lines: string[]) => ({ policy: headerFilter, trusts: true, lines: [get, host, ...lines] });
const named = (...lines: string[]) => ({ policy: own, trusts: false, lines: [get, ...lines] });
const target = (path: string) => ({ policy: routed, trusts: false, lines: [`GET ${path} HTTP/1.1`, host] });

/** Requests as bytes, through a real socket and a real server. */
export const bytes: readonly BytesRow[] = [
  { ...header(`X-Tenant-Id: ${ann}`), is: "ann by header" },
  { ...header(`x-tenant-id:${ann}`), is: "ann by header" },
  { ...header(`X-TENANT-ID: ${ann}`), is: "ann by header" },
  { ...header(`X-Tenant-Id:  \t${ann} \t`), is: "ann by header" },
  { ...header(`X-Tenant-Id: ${ann}`), trusts: false, is: "tenant_required" },
  { ...header(), is: "tenant_required" },
  { ...header("X-Tenant-Id:"), is: "invalid" },
  { ...header("X-Tenant-Id:   "), is: "invalid" },
  { ...header(`X-Tenant-Id: ${ann}`, `X-Tenant-Id: ${bob}`), is: "invalid" },
  { ...header(`X-Tenant-Id: ${ann}`, `x-tenant-id: ${ann}`), is: "invalid" },
  { ...header(`X-Tenant-Id: ${ann}`, "X-Tenant-Id:"), is: "invalid" },
  { ...header(`X-Tenant-Id: ${ann},${bob}`), is: "invalid" },
  { ...header(`X-Tenant-Id: ${ann}, ${ann}`), is: "invalid" },
  { ...header(`X_Tenant_Id: ${ann}`), is: "invalid" },
  { ...header(`X_Tenant_Id: ${bob}`, `X-Tenant-Id: ${ann}`), is: "invalid" },
  { ...header(`X-Tenant_Id: ${bob}`, `X-Tenant-Id: ${ann}`), is: "invalid" },
  { ...header(`X-Tenant-Id: ${ann.toUpperCase()}`), is: "invalid" },
  { ...header("X-Tenant-Id: Ann"), is: "invalid" },
  { ...header(`X-Tenant-Id: ${utf8("ａnn")}`), is: "invalid" },
  { ...header(`X-Tenant-Id: ${utf8("änn")}`), is: "invalid" },
  { ...header("X-Tenant-Id: \xa0ann"), is: "invalid" },
  { ...header("X-Tenant-Id: ann\x7f"), is: "400" },
  { ...header(`X-Tenant-Id: ${"a".repeat(2_048)}`), is: "invalid" },
  { ...header("X-Tenant-Id: ann\0"), is: "400" },
  { ...header(`X-Tenant-Id : ${ann}`), is: "400" },
  { ...header(`X-Tenant-Id: ${ann}`, ` ${bob}`), is: "400" },
  { ...header(`Authorization: Bearer x`, `Authorization: Bearer y`), is: "tenant_required" },

  { ...named("Host: ann.test"), is: "ann by host, unauthenticated" },
  { ...named("Host: Ann.Test.:443"), is: "ann by host, unauthenticated" },
  { ...named("host: ANN.TEST:8443"), is: "ann by host, unauthenticated" },
  { ...named("Host: ann.test", "Host: bob.test"), is: "invalid" },
  { ...named("Host: ann.test", "Host: ann.test"), is: "invalid" },
  { ...named("Host: ann.test, bob.test"), is: "invalid" },
  { ...named("Host:"), is: "invalid" },
  { ...named(`Host: ${utf8("ａnn.test")}`), is: "invalid" },
  { ...named(`Host: ${utf8("ann。test")}`), is: "invalid" },
  { ...named("Host: ann%2etest"), is: "invalid" },
  { ...named("Host: ann.test@bob.test"), is: "invalid" },
  { ...named("Host: nobody.test"), is: "not_found" },
  { ...named(), is: "400" },
  { ...named("Host: ann.test", "X-Forwarded-Host: bob.test"), is: "ann by host, unauthenticated" },
  {
    ...named("Host: ann.test", "X-Forwarded-Host: bob.test"),
    trusts: true,
    is: "bob by host, unauthenticated",
  },
  { ...named("Host: ann.test", "X-Forwarded-Host: ann.test, bob.test"), trusts: true, is: "invalid" },
  {
    ...named("Host: ann.test", "X-Forwarded-Host: bob.test", "X-Forwarded-Host: bob.test"),
    trusts: true,
    is: "invalid",
  },
  { ...named("Host: ann.test", "Authorization: Bearer x"), is: "unauthenticated" },
  { ...named("Host: ann.test", "Authorization: Basic x", "Authorization: Bearer x"), is: "unauthenticated" },
  { policy: own, trusts: false, lines: ["GET / HTTP/1.0"], is: "invalid" },
  {
    policy: own,
    trusts: false,
    lines: ["GET / HTTP/1.0", "Host: ann.test"],
    is: "ann by host, unauthenticated",
  },
  { policy: own, trusts: false, lines: ["GET http://bob.test/ HTTP/1.1", "Host: ann.test"], is: "invalid" },
  { policy: own, trusts: false, lines: ["GET http://ann.test/ HTTP/1.1", "Host: ann.test"], is: "invalid" },
  {
    policy: own,
    trusts: false,
    lines: ["OPTIONS * HTTP/1.1", "Host: ann.test"],
    is: "ann by host, unauthenticated",
  },

  { ...target("/"), is: "ann by default, unauthenticated" },
  { ...target(`/environments/${bob}`), is: "tenant_required" },
  { ...target("/environments/Bob"), is: "invalid" },
  { ...target("/%65nvironments/bob"), is: "invalid" },
  { ...target("//environments/bob"), is: "invalid" },
  { ...target("/x/../environments/bob"), is: "invalid" },
  { ...target(`http://api.test/environments/${bob}`), is: "invalid" },
  { ...target(`/environments/${utf8("ａnn")}`), is: "400" },
];
