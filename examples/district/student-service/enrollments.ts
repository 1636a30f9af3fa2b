import { join } from "node:path";
import {
  credentials,
  makeGenericClientConstructor,
  Server,
  ServerCredentials,
  status,
  type Client,
  type Metadata,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceDefinition,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Freehold } from "@freehold/sdk";
import {
  asTenant,
  tenantClientInterceptor,
  tenantServerInterceptor,
  tenantService,
  withTenant,
} from "@freehold/sdk/grpc";
import { grpcStatus } from "@freehold/sdk/grpc/status";
import type { TenantResolver } from "@freehold/sdk/incoming";
import type { TenantSender } from "@freehold/sdk/outgoing";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";
import { findEnrollment, studentsPackage, type Enrollment } from "./students";

type StudentRef = { student: string };
type Answered = (error: Error | null, enrollment?: Enrollment) => void;
type EnrollmentsClient = Client & {
  getEnrollment(ref: StudentRef, metadata: Metadata, options: { deadline: number }, answered: Answered): void;
};

const patienceMs = 5_000;
const loaded = loadSync(join(import.meta.dirname, "enrollments.proto"), { defaults: true });
const definition = asService(loaded["district.Enrollments"]);

function asService(found: unknown): ServiceDefinition {
  return found as ServiceDefinition;
}

function asClient(client: Client): EnrollmentsClient {
  return client as EnrollmentsClient;
}

/** What the service answers over gRPC. Gives the port. */
export async function serveEnrollments(
  freehold: Pick<Freehold, "withDatabase" | "report">,
  resolver: TenantResolver,
  port: number,
) {
  const server = new Server({
    interceptors: [tenantServerInterceptor({ resolver, report: freehold.report })],
  });
  const find = (context: TenantContext, { student }: StudentRef) =>
    freehold.withDatabase(context, (database) => findEnrollment(database, student), {
      minSchema: studentsPackage,
      readOnly: true,
    });
  server.addService(tenantService(definition), {
    GetEnrollment: withTenant(
      (context, call: ServerUnaryCall<StudentRef, Enrollment>, answer: sendUnaryData<Enrollment>) => {
        find(context, call.request).then(
          (found) =>
            found
              ? answer(null, found)
              : answer({ code: status.NOT_FOUND, details: "This student is not enrolled." }),
          (error: unknown) => answer(grpcStatus(error)),
        );
      },
    ),
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, taken) =>
      error ? reject(error) : resolve(taken),
    );
  });
  return { port: bound, stop: () => server.forceShutdown() };
}

/** Asks it, as another service does. */
export function createEnrollmentsClient(address: string, sender: TenantSender) {
  const Enrollments = makeGenericClientConstructor(definition, "Enrollments");
  const interceptors = [tenantClientInterceptor(sender, "student-service")];
  const client = asClient(new Enrollments(address, credentials.createInsecure(), { interceptors }));
  return {
    get: (context: TenantContext, student: string) =>
      new Promise<Enrollment>((resolve, reject) => {
        const options = { deadline: Date.now() + patienceMs };
        client.getEnrollment({ student }, asTenant(context), options, (error, enrollment) =>
          enrollment ? resolve(enrollment) : reject(error ?? new Error("The answer is empty.")),
        );
      }),
    close: () => client.close(),
  };
}
