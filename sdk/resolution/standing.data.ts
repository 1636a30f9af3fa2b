import { ids } from "../testing/catalog.data.ts";
import type { Row } from "../testing/resolution-case.ts";
import { databasePerTenant, dedicatedSingleTenant, headerFilter, sharedDb } from "./presets.ts";

const { ann, suspended, archived, moving } = ids;
const from = "gateway";
const header = (value: string) => ({ "x-tenant-id": value });
const own = databasePerTenant(["api.test"]);

/** Tenants that serve nobody. A contradiction is said first: it does not tell how the other stands. */
export const standing: readonly Row[] = [
  { policy: headerFilter, from, headers: header(suspended), is: "tenant_inactive" },
  { policy: headerFilter, from, headers: header("suspended"), is: "tenant_inactive" },
  { policy: headerFilter, from, headers: header(archived), is: "tenant_inactive" },
  { policy: headerFilter, from, headers: header(moving), is: "tenant_inactive" },
  { policy: headerFilter, headers: header(suspended), is: "tenant_required" },
  { policy: sharedDb, token: { tid: archived }, is: "tenant_inactive" },
  { policy: sharedDb, token: { tid: archived }, headers: header(archived), is: "tenant_inactive" },
  { policy: sharedDb, token: { tid: archived }, headers: header(ann), is: "tenant_conflict" },
  { policy: sharedDb, token: { tid: ann }, headers: header(archived), is: "tenant_conflict" },
  { policy: sharedDb, context: moving, is: "tenant_inactive" },
  { policy: own, host: "archived.test", is: "tenant_inactive" },
  { policy: own, host: "archived.test", token: { tid: ann }, is: "tenant_conflict" },
  { policy: own, host: "api.test", session: suspended, is: "tenant_inactive" },
  { policy: dedicatedSingleTenant(suspended, { strict: false }), is: "tenant_inactive" },
  { policy: dedicatedSingleTenant(suspended, { strict: true }), token: { tid: ann }, is: "tenant_conflict" },
];
