import { ids } from "../testing/catalog.data.ts";
import type { Row } from "../testing/resolution-case.ts";
import { environmentRouter, headerFilter, sharedDb } from "./presets.ts";

const { ann, bob, nobody } = ids;
const from = "gateway";
const header = (value: string | readonly string[]) => ({ "x-tenant-id": value });
const routed = environmentRouter();

/** The tenant in a header: who may send it, and in which form. */
export const headers: readonly Row[] = [
  { policy: headerFilter, from, headers: header(ann), is: "ann by header" },
  { policy: headerFilter, from, headers: header("ann"), is: "ann by header" },
  { policy: headerFilter, from, headers: header(bob), is: "bob by header" },
  { policy: headerFilter, from, headers: header(nobody), is: "not_found" },
  { policy: headerFilter, from, headers: header("nobody"), is: "not_found" },
  { policy: headerFilter, from, headers: {}, is: "tenant_required" },
  { policy: headerFilter, from: "stranger", headers: header(ann), is: "tenant_required" },
  { policy: headerFilter, from: "stranger", headers: header("ann"), is: "tenant_required" },
  { policy: headerFilter, from: "nowhere", headers: header(ann), is: "tenant_required" },
  { policy: sharedDb, from, headers: header(ann), is: "ann by header" },
  { policy: sharedDb, from: "stranger", headers: header(nobody), is: "tenant_required" },

  { policy: headerFilter, from, headers: header(""), is: "invalid" },
  { policy: headerFilter, from, headers: header([]), is: "invalid" },
  { policy: headerFilter, from, headers: header([ann, ann]), is: "invalid" },
  { policy: headerFilter, from, headers: header([ann, bob]), is: "invalid" },
  { policy: headerFilter, from, headers: header(["", ann]), is: "invalid" },
  { policy: headerFilter, from, headers: header(`${ann}, ${ann}`), is: "invalid" },
  { policy: headerFilter, from, headers: header(`${ann},${bob}`), is: "invalid" },
  { policy: headerFilter, from, headers: header(`${ann},`), is: "invalid" },
  { policy: headerFilter, from, headers: header(","), is: "invalid" },
  { policy: headerFilter, from, headers: header(` ${ann}`), is: "invalid" },
  { policy: headerFilter, from, headers: header(`${ann} `), is: "invalid" },
  { policy: headerFilter, from, headers: header(`\t${ann}`), is: "invalid" },
  { policy: headerFilter, from, headers: header(`${ann}\n`), is: "invalid" },
  { policy: headerFilter, from, headers: header(`${ann}\0`), is: "invalid" },
  { policy: headerFilter, from, headers: header(ann.toUpperCase()), is: "invalid" },
  { policy: headerFilter, from, headers: header("Ann"), is: "invalid" },
  { policy: headerFilter, from, headers: header(`{${ann}}`), is: "invalid" },
  { policy: headerFilter, from, headers: header(`urn:uuid:${ann}`), is: "invalid" },
  { policy: headerFilter, from, headers: header(`"${ann}"`), is: "invalid" },
  { policy: headerFilter, from, headers: header("ann.test"), is: "invalid" },
  { policy: headerFilter, from, headers: header("-ann"), is: "invalid" },
  { policy: headerFilter, from, headers: header("ann-"), is: "invalid" },
  { policy: headerFilter, from, headers: header("an_n"), is: "invalid" },
  { policy: headerFilter, from, headers: header("../ann"), is: "invalid" },
  { policy: headerFilter, from, headers: header("ann%00"), is: "invalid" },
  { policy: headerFilter, from, headers: header("__proto__"), is: "invalid" },
  { policy: headerFilter, from, headers: header("constructor"), is: "not_found" },
  { policy: headerFilter, from, headers: header("ａnn"), is: "invalid" },
  { policy: headerFilter, from, headers: header("аnn"), is: "invalid" },
  { policy: headerFilter, from, headers: header("an\u200dn"), is: "invalid" },
  { policy: headerFilter, from, headers: header("Ã¤nn"), is: "invalid" },
  { policy: headerFilter, from, headers: header("a".repeat(63)), is: "not_found" },
  { policy: headerFilter, from, headers: header("a".repeat(64)), is: "invalid" },
  { policy: headerFilter, from, headers: header("a".repeat(2_048)), is: "invalid" },
  { policy: headerFilter, from: "stranger", headers: header(""), is: "invalid" },
  { policy: headerFilter, from: "stranger", headers: header("Ann"), is: "invalid" },

  { policy: headerFilter, from, headers: { x_tenant_id: ann }, is: "invalid" },
  { policy: headerFilter, from, headers: { "x-tenant_id": ann }, is: "invalid" },
  { policy: headerFilter, from, headers: { ...header(ann), x_tenant_id: ann }, is: "invalid" },
  { policy: headerFilter, from, headers: { ...header(ann), x_tenant_id: bob }, is: "invalid" },
  { policy: headerFilter, from, headers: { ...header(ann), X_TENANT_ID: bob }, is: "invalid" },
  { policy: headerFilter, from, headers: { ...header(ann), x_freehold_context: "x" }, is: "invalid" },
  { policy: headerFilter, from, headers: { ...header(ann), x_request_id: "r1" }, is: "ann by header" },
  { policy: headerFilter, from, headers: { ...header(ann), "tenant-id": bob }, is: "ann by header" },
  { policy: headerFilter, from, headers: { ...header(ann), "x-environment-id": bob }, is: "ann by header" },

  { policy: routed, from, headers: { "x-environment-id": ann }, is: "ann by header" },
  { policy: routed, from, headers: { "x-environment-id": ann, ...header(ann) }, is: "ann by header" },
  { policy: routed, from, headers: { "x-environment-id": ann, ...header("ann") }, is: "ann by header" },
  { policy: routed, from, headers: { "x-environment-id": ann, ...header(bob) }, is: "tenant_conflict" },
  { policy: routed, from, headers: { "x-environment-id": "", ...header(ann) }, is: "invalid" },
  { policy: routed, from, headers: { x_environment_id: ann, ...header(ann) }, is: "invalid" },
];
