import { ids } from "../testing/catalog.data.ts";
import type { Row } from "../testing/resolution-case.ts";
import {
  configurationFirst,
  databasePerTenant,
  dedicatedSingleTenant,
  districtService,
  environmentRouter,
  headerFilter,
  sharedDb,
} from "./presets.ts";

const { ann, bob, nobody } = ids;
const header = (value: string) => ({ "x-tenant-id": value });
const token = { tid: ann };
const own = databasePerTenant(["api.test"]);
const strict = dedicatedSingleTenant(ann, { strict: true });
const loose = dedicatedSingleTenant(ann, { strict: false });
const only = environmentRouter({ only: ann, sharedHosts: ["console.test"] });
const routed = environmentRouter({ sharedHosts: ["console.test"] });
const first = configurationFirst();
const required = configurationFirst({ requireClaim: true });
const configured = configurationFirst({ tenant: ann, requireClaim: true });
const opted = configurationFirst({ hosts: { shared: [] } });

/** Two and more sources: which is said to decide, and that none ever wins over another. */
export const agreement: readonly Row[] = [
  { policy: sharedDb, token, headers: header(ann), is: "ann by token" },
  { policy: sharedDb, token, headers: header("ann"), is: "ann by token" },
  { policy: sharedDb, token, headers: header(bob), is: "tenant_conflict" },
  { policy: sharedDb, token, headers: header("bob"), is: "tenant_conflict" },
  { policy: sharedDb, token, headers: header(nobody), is: "tenant_conflict" },
  { policy: sharedDb, token, headers: header("nobody"), is: "tenant_conflict" },
  { policy: sharedDb, token, from: "gateway", headers: header(bob), is: "tenant_conflict" },
  { policy: sharedDb, token, headers: header(""), is: "invalid" },
  { policy: sharedDb, token: "forged", headers: header(ann), is: "unauthenticated" },
  { policy: sharedDb, token: "forged", from: "gateway", headers: header(ann), is: "unauthenticated" },
  { policy: sharedDb, token: "none", from: "gateway", headers: header(ann), is: "ann by header" },
  { policy: sharedDb, token, context: ann, is: "ann by token" },
  { policy: sharedDb, token, context: bob, is: "tenant_conflict" },
  { policy: sharedDb, context: ann, is: "ann by context" },
  { policy: sharedDb, context: ann, headers: header(ann), is: "ann by context" },
  { policy: sharedDb, context: ann, headers: header(bob), is: "tenant_conflict" },
  { policy: sharedDb, context: "forged", headers: header(ann), is: "unauthenticated" },
  { policy: sharedDb, token, context: "forged", is: "unauthenticated" },
  { policy: sharedDb, token, context: "", is: "unauthenticated" },
  { policy: sharedDb, context: "Ann", is: "unauthenticated" },
  { policy: sharedDb, token, session: bob, is: "ann by token" },
  { policy: headerFilter, context: ann, from: "gateway", headers: header(ann), is: "ann by header" },
  { policy: headerFilter, context: ann, headers: header(ann), is: "ann by context" },
  { policy: headerFilter, context: ann, headers: header(bob), is: "tenant_conflict" },
  { policy: districtService, token, context: bob, is: "tenant_conflict" },

  { policy: own, token, host: "ann.test", session: ann, is: "ann by token" },
  { policy: own, session: ann, host: "ann.test", is: "ann by session" },
  { policy: own, session: null, host: "ann.test", is: "ann by host, unauthenticated" },
  { policy: own, session: ann, host: "bob.test", is: "tenant_conflict" },
  { policy: own, token, session: bob, host: "api.test", is: "tenant_conflict" },
  { policy: own, token, session: "Bob", host: "api.test", is: "invalid" },
  { policy: own, host: "ann.test", headers: header(bob), is: "tenant_conflict" },
  { policy: own, host: "ann.test", headers: header("nobody"), is: "tenant_conflict" },
  { policy: own, host: "ann.test", headers: header(ann), is: "ann by host, unauthenticated" },
  { policy: own, host: "api.test", headers: header(ann), is: "tenant_required" },

  { policy: loose, is: "ann by static" },
  { policy: loose, token: "forged", is: "ann by static" },
  { policy: loose, token: { tid: bob }, headers: header(bob), is: "ann by static" },
  { policy: loose, headers: { x_tenant_id: "" }, is: "ann by static" },
  { policy: strict, is: "ann by static" },
  { policy: strict, token, is: "ann by static" },
  { policy: strict, token: "none", is: "ann by static" },
  { policy: strict, token: { tid: bob }, is: "tenant_conflict" },
  { policy: strict, token: "forged", is: "unauthenticated" },
  { policy: strict, headers: header(bob), is: "tenant_conflict" },
  { policy: strict, headers: header("ann"), is: "ann by static" },
  { policy: strict, headers: header(""), is: "invalid" },
  { policy: dedicatedSingleTenant("ann", { strict: true }), token, is: "ann by static" },
  { policy: dedicatedSingleTenant("ann", { strict: true }), token: { tid: bob }, is: "tenant_conflict" },
  { policy: dedicatedSingleTenant(nobody, { strict: false }), is: "not_found" },

  { policy: only, host: "console.test", is: "ann by default, unauthenticated" },
  { policy: only, host: "console.test", session: ann, is: "ann by session" },
  { policy: only, host: "console.test", session: bob, is: "bob by session" },
  { policy: only, host: "console.test", path: `/environments/${bob}`, is: "tenant_required" },
  { policy: only, host: "bob.test", is: "bob by host, unauthenticated" },
  { policy: only, host: "console.test", headers: header(bob), is: "tenant_required" },
  { policy: only, host: "console.test", headers: header(""), is: "invalid" },
  { policy: routed, host: "console.test", is: "tenant_required" },
  { policy: routed, host: "ann.test", session: ann, is: "ann by session" },
  { policy: routed, host: "ann.test", session: ann, path: "/environments/ann", is: "ann by session" },
  { policy: routed, host: "bob.test", session: ann, path: "/environments/ann", is: "tenant_conflict" },
  { policy: routed, host: "ann.test", path: "/environments/bob", is: "tenant_conflict" },

  { policy: first, token, headers: header(ann), is: "ann by token" },
  { policy: first, token, headers: header(bob), is: "tenant_conflict" },
  { policy: first, from: "gateway", headers: header(bob), is: "bob by header" },
  { policy: first, host: "bob.test", token, is: "ann by token" },
  { policy: opted, host: "bob.test", token, is: "tenant_conflict" },
  { policy: opted, host: "ann.test", is: "tenant_required" },
  { policy: required, from: "gateway", headers: header(bob), is: "unauthenticated" },
  { policy: required, token: "none", from: "gateway", headers: header(bob), is: "unauthenticated" },
  { policy: required, token, is: "ann by token" },
  { policy: configured, is: "ann by static" },
  { policy: configured, token: "none", is: "ann by static" },
  { policy: configured, token, is: "ann by static" },
  { policy: configured, token: { tid: bob }, is: "tenant_conflict" },
];
