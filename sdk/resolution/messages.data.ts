import { ids } from "../testing/catalog.data.ts";
import type { Row } from "../testing/resolution-case.ts";
import { environmentRouter, headerFilter, sharedDb } from "./presets.ts";

const { ann, bob } = ids;
const policy = sharedDb;
const grpc = "grpc";
const message = "message";
const from = "gateway";
const named = (value: string | readonly string[]) => ({ "tenant-id": value });

/** Calls over gRPC, messages and jobs. */
export const messages: readonly Row[] = [
  { policy, transport: grpc, from, headers: named(ann), is: "ann by grpc" },
  { policy, transport: grpc, from, headers: named("ann"), is: "ann by grpc" },
  { policy, transport: grpc, headers: named(ann), is: "tenant_required" },
  { policy, transport: grpc, from, headers: named(`${ann}, ${ann}`), is: "invalid" },
  { policy, transport: grpc, from, headers: named(`${ann},${bob}`), is: "invalid" },
  { policy, transport: grpc, from, headers: named([ann, bob]), is: "invalid" },
  { policy, transport: grpc, from, headers: named([]), is: "invalid" },
  { policy, transport: grpc, from, headers: named(""), is: "invalid" },
  { policy, transport: grpc, from, headers: named(` ${ann}`), is: "invalid" },
  { policy, transport: grpc, from, headers: named(ann.toUpperCase()), is: "invalid" },
  { policy, transport: grpc, from, headers: {}, is: "tenant_required" },
  { policy, transport: grpc, from, headers: { ...named(ann), "tenant-id-bin": "AA" }, is: "invalid" },
  { policy, transport: grpc, from, headers: { "tenant-id-bin": "AA" }, is: "tenant_required" },
  { policy, transport: grpc, from, headers: { ...named(ann), tenant_id: ann }, is: "invalid" },
  { policy, transport: grpc, from, headers: { ...named(ann), "trace-bin": "AA" }, is: "ann by grpc" },
  { policy, transport: grpc, from, headers: { "x-tenant-id": ann }, is: "tenant_required" },
  { policy, transport: grpc, from, headers: { ...named(ann), "x-tenant-id": bob }, is: "ann by grpc" },
  { policy, transport: grpc, token: { tid: ann }, headers: named(ann), is: "ann by token" },
  { policy, transport: grpc, token: { tid: ann }, headers: named(bob), is: "tenant_conflict" },
  { policy, transport: grpc, token: { tid: ann }, is: "ann by token" },
  { policy, transport: grpc, token: "forged", headers: named(ann), is: "unauthenticated" },
  { policy, transport: grpc, context: ann, headers: named(ann), is: "ann by context" },
  { policy, transport: grpc, context: bob, headers: named(ann), is: "tenant_conflict" },
  { policy: headerFilter, transport: grpc, from, headers: named(ann), is: "tenant_required" },

  { policy, transport: message, context: ann, headers: named(ann), is: "ann by context" },
  { policy, transport: message, context: ann, is: "ann by context" },
  { policy, transport: message, context: ann, headers: named("ann"), is: "ann by context" },
  { policy, transport: message, context: ann, headers: named(bob), is: "tenant_conflict" },
  { policy, transport: message, context: "forged", headers: named(ann), is: "unauthenticated" },
  { policy, transport: message, headers: named(ann), is: "tenant_required" },
  { policy, transport: message, from, headers: named(ann), is: "tenant_required" },
  { policy, transport: message, headers: named(""), is: "invalid" },
  { policy, transport: message, context: ann, headers: named([ann, bob]), is: "invalid" },
  { policy, transport: message, context: ann, headers: { tenant_id: ann }, is: "invalid" },
  { policy, transport: message, token: { tid: ann }, is: "tenant_required" },
  { policy, transport: message, is: "tenant_required" },
  { policy, transport: "job", context: ann, headers: named(ann), is: "ann by context" },
  { policy, transport: "job", headers: named(ann), is: "tenant_required" },
  { policy, transport: "job", context: ann, headers: named(bob), is: "tenant_conflict" },
  { policy: environmentRouter({ only: ann }), transport: message, is: "tenant_required" },
  {
    policy: environmentRouter(),
    transport: message,
    context: ann,
    path: "/environments/bob",
    is: "ann by context",
  },
];
