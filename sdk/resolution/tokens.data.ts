import { ids } from "../testing/catalog.data.ts";
import type { Row } from "../testing/resolution-case.ts";
import { districtService, headerFilter, sharedDb } from "./presets.ts";

const { ann, bob, nobody, suspended } = ids;
const policy = sharedDb;
const claim = (tid: unknown): Row["token"] => ({ tid });

/** The token's claim in every shape, and tokens that are none. */
export const tokens: readonly Row[] = [
  { policy, token: claim(ann), is: "ann by token" },
  { policy, token: claim("ann"), is: "ann by token" },
  { policy, token: claim(bob), is: "bob by token" },
  { policy, token: claim(nobody), is: "not_found" },
  { policy, token: claim(suspended), is: "tenant_inactive" },
  { policy, token: "forged", is: "unauthenticated" },
  { policy, token: "none", is: "tenant_required" },
  { policy, is: "tenant_required" },
  { policy: districtService, token: claim(ann), is: "ann by token" },
  { policy: districtService, token: "forged", is: "unauthenticated" },
  { policy: districtService, token: "none", is: "unauthenticated" },
  { policy: districtService, is: "unauthenticated" },
  { policy: districtService, context: ann, is: "unauthenticated" },
  { policy: districtService, from: "gateway", headers: { "x-tenant-id": ann }, is: "unauthenticated" },
  { policy: districtService, token: claim(ann), headers: { "x-tenant-id": bob }, is: "tenant_conflict" },
  { policy: districtService, token: claim(ann), headers: { "x-tenant-id": ann }, is: "ann by token" },
  {
    policy: headerFilter,
    token: "forged",
    from: "gateway",
    headers: { "x-tenant-id": ann },
    is: "ann by header",
  },

  { policy, token: claim(""), is: "unauthenticated" },
  { policy, token: claim(null), is: "unauthenticated" },
  { policy, token: claim(1), is: "unauthenticated" },
  { policy, token: claim(true), is: "unauthenticated" },
  { policy, token: claim([ann]), is: "unauthenticated" },
  { policy, token: claim([ann, bob]), is: "unauthenticated" },
  { policy, token: claim([]), is: "unauthenticated" },
  { policy, token: claim({ id: ann }), is: "unauthenticated" },
  { policy, token: claim({}), is: "unauthenticated" },
  { policy, token: claim(` ${ann}`), is: "unauthenticated" },
  { policy, token: claim(`${ann} `), is: "unauthenticated" },
  { policy, token: claim(`${ann}\r\n`), is: "unauthenticated" },
  { policy, token: claim(`${ann}\0`), is: "unauthenticated" },
  { policy, token: claim(`${ann},${bob}`), is: "unauthenticated" },
  { policy, token: claim(ann.toUpperCase()), is: "unauthenticated" },
  { policy, token: claim("an\u200dn"), is: "unauthenticated" },
  { policy, token: claim("ａｎｎ"), is: "unauthenticated" },
  { policy, token: claim("аnn"), is: "unauthenticated" },
  { policy, token: claim("__proto__"), is: "unauthenticated" },
  { policy, token: claim("constructor"), is: "not_found" },
  { policy, token: claim("a".repeat(64)), is: "unauthenticated" },
  { policy, token: claim("a".repeat(1_048_576)), is: "unauthenticated" },

  { policy, headers: { authorization: "" }, is: "tenant_required" },
  { policy, headers: { authorization: "Basic eDp5" }, is: "tenant_required" },
  { policy, headers: { authorization: "Bearer" }, is: "unauthenticated" },
  { policy, headers: { authorization: "Bearer " }, is: "unauthenticated" },
  { policy, headers: { authorization: "Bearer x" }, is: "unauthenticated" },
  { policy, headers: { authorization: "bearer x.y.z" }, is: "unauthenticated" },
  { policy, headers: { authorization: "Bearer a b" }, is: "unauthenticated" },
  { policy, headers: { authorization: "Bearer a, Bearer b" }, is: "unauthenticated" },
  { policy, headers: { authorization: ["Basic eDp5", "Bearer x"] }, is: "unauthenticated" },
  { policy, headers: { authorization: "Basic eDp5, Bearer x" }, is: "unauthenticated" },
  { policy, headers: { authorization: [] }, is: "unauthenticated" },
];
