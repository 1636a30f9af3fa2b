import { Server, type sendUnaryData, type ServerUnaryCall, type ServiceDefinition } from "@grpc/grpc-js";
import {
  asTenant,
  tenantClientInterceptor,
  tenantServerInterceptor,
  tenantService,
  withTenant,
} from "@freehold/sdk/grpc";
import type { TenantResolver } from "@freehold/sdk/incoming";
import type { TenantSender } from "@freehold/sdk/outgoing";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";

type Grade = { body: string };
type Receipt = { tenant: string; count: number };

export function createServer(definition: ServiceDefinition, resolver: TenantResolver) {
  const exempt = ["/grpc.health.v1.Health/Check"];
  const server = new Server({ interceptors: [tenantServerInterceptor({ resolver, exempt })] });
  server.addService(tenantService(definition), {
    Record: withTenant((context, _: ServerUnaryCall<Grade, Receipt>, answer: sendUnaryData<Receipt>) => {
      answer(null, { tenant: context.tenant, count: 1 });
    }),
  });
  return server;
}

/** To be given to a client: `new Grades(address, credentials, clientOptions(sender))`. */
export function clientOptions(sender: TenantSender) {
  return { interceptors: [tenantClientInterceptor(sender, "assessments")] };
}

/** The second argument of each call: `client.record(grade, metadataFor(context), answered)`. */
export function metadataFor(context: TenantContext) {
  return asTenant(context);
}
