import {
  type Client,
  credentials,
  makeGenericClientConstructor,
  Metadata,
  Server,
  ServerCredentials,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientWritableStream,
  type Interceptor,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type ServiceError,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { join } from "node:path";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { digestOf } from "../tokens/body-digest.ts";
import {
  metadataSetter,
  tenantServerInterceptor,
  tenantService,
  withTenant,
  type ServerOptions,
} from "../transports/grpc.ts";
import { tenantA, type MessageWorld } from "./message-world.ts";

export interface Grade {
  body: string;
  points?: number;
  notes?: Record<string, string>;
}

export interface Receipt {
  tenant: string;
  count: number;
}

type Answer = (error: ServiceError | null, receipt?: Receipt) => void;

/** As it is generated from `grades.proto`. */
export interface GradesClient extends Client {
  record(grade: Grade, metadata: Metadata, options: object, answer: Answer): { cancel(): void };
  record(grade: Grade, metadata: Metadata, answer: Answer): { cancel(): void };
  publish(grade: Grade, metadata: Metadata, answer: Answer): void;
  check(grade: Grade, metadata: Metadata, answer: Answer): void;
  list(grade: Grade, metadata: Metadata): ClientReadableStream<Receipt>;
  import(metadata: Metadata, answer: Answer): ClientWritableStream<Grade>;
  follow(metadata: Metadata): ClientDuplexStream<Grade, Receipt>;
}

const loaded = loadSync(join(import.meta.dirname, "grades.proto"), { defaults: true, keepCase: true });
export const gradesDefinition = loaded["school.Grades"] as ServiceDefinition;

export type Received = (context: TenantContext, grade: Grade) => Promise<void>;

/** The service that keeps grades, with a handler of each kind. */
function gradesHandlers(received: Received) {
  type Unary = ServerUnaryCall<Grade, Receipt>;
  const one = withTenant((context, { request }: Unary, answer: sendUnaryData<Receipt>) => {
    void received(context, request).then(() => answer(null, { tenant: context.tenant, count: 1 }));
  });
  return {
    Record: one,
    Publish: one,
    Check: (_: Unary, answer: sendUnaryData<Receipt>) => answer(null, { tenant: "", count: 0 }),
    List: withTenant(async (context, call: ServerWritableStream<Grade, Receipt>) => {
      await received(context, call.request);
      for (let count = 1; count <= 3; count += 1) call.write({ tenant: context.tenant, count });
      call.end();
    }),
    Import: withTenant(
      async (context, call: ServerReadableStream<Grade, Receipt>, answer: sendUnaryData<Receipt>) => {
        let count = 0;
        for await (const grade of call) {
          await received(context, grade as Grade);
          count += 1;
        }
        answer(null, { tenant: context.tenant, count });
      },
    ),
    Follow: withTenant(async (context, call: ServerDuplexStream<Grade, Receipt>) => {
      let count = 0;
      for await (const grade of call) {
        await received(context, grade as Grade);
        call.write({ tenant: context.tenant, count: (count += 1) });
      }
      call.end();
    }),
  };
}

/** Gives the free port that it listens on. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

export function gradesClient(port: number, options: { interceptors: Interceptor[] }): GradesClient {
  const Constructor = makeGenericClientConstructor(gradesDefinition, "Grades");
  return new Constructor(
    `127.0.0.1:${port}`,
    credentials.createInsecure(),
    options,
  ) as unknown as GradesClient;
}

/** A server of it on a free port. */
export async function serveGrades(options: ServerOptions, received: Received, isWrapped = true) {
  const interceptors = [tenantServerInterceptor(options)];
  const server = new Server({ interceptors });
  const definition = isWrapped ? tenantService(gradesDefinition) : gradesDefinition;
  server.addService(definition, gradesHandlers(received));
  const port = await listen(server);
  const clients: Client[] = [];
  return {
    port,
    client(...interceptors: Interceptor[]): GradesClient {
      const client = gradesClient(port, { interceptors });
      clients.push(client);
      return client;
    },
    stop() {
      for (const client of clients) client.close();
      server.forceShutdown();
    },
  };
}

export const bytesOf = (grade: Grade): Buffer => gradesDefinition.Record!.requestSerialize(grade);

/** The metadata of a call for tenant A as it can be taken off the wire. */
export async function captured(world: MessageWorld, grade: Grade) {
  const outgoing = {
    audience: "assessments",
    method: "POST",
    path: "/school.Grades/Record",
    bodyDigest: digestOf(bytesOf(grade)),
  };
  const headers = new Metadata();
  await world.sender.inject(world.context(tenantA), outgoing, headers, metadataSetter);
  return { headers, grade };
}
