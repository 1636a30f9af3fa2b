import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { isFreeholdError } from "../errors/freehold-error.ts";
import type { RefusalCode } from "../errors/refusal-code.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { incomingOfMessage, resolveHttp } from "./http-incoming.ts";
import type { TenantResolver } from "./incoming.ts";
import type { NodeOptions } from "./node.ts";
import { failure, problemOf, titleOf, type Problem } from "./refusal.ts";
import type { TenantLifetimes } from "./tenant-lifetimes.ts";

/** The code with which a socket is closed when its tenant ends: 4000 and the HTTP status of the refusal. */
export const inactiveCode = 4403;

const closingMs = 1_000;

export interface SocketOptions extends NodeOptions {
  resolver: TenantResolver;
  /** Made with `new WebSocketServer({ noServer: true })`. */
  sockets: WebSocketServer;
  lifetimes: TenantLifetimes;
}

const tenants = new WeakMap<WebSocket, TenantContext>();

/** Whose socket this is: the tenant of its handshake. Throws for a socket that `acceptSockets` did not open. */
export function tenantOf(socket: WebSocket): TenantContext {
  const tenant = tenants.get(socket);
  if (!tenant) throw new Error("No tenant: this socket did not come through acceptSockets.");
  return tenant;
}

/**
 * A listener for the `upgrade` event of a `node:http` server. A handshake without a tenant is
 * answered with its problem and no upgrade; otherwise `sockets` emits `connection`, and `tenantOf`
 * gives the tenant. When the tenant ends the socket takes no more messages and is closed with
 * `4000 + status` and the refusal's code as reason; a peer that does not answer that within a second is cut off.
 */
export function acceptSockets(
  options: SocketOptions,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { resolver, sockets, lifetimes } = options;
  return (request, stream, head) => {
    // A peer that is gone while its tenant is looked up is no error of this process.
    const ignore = () => {};
    stream.on("error", ignore);
    const incoming = incomingOfMessage(request, request.url ?? "", options.mostBodyBytes);
    const open = (tenant: TenantContext) => {
      stream.off("error", ignore);
      sockets.handleUpgrade(request, stream, head, (socket) => {
        tenants.set(socket, tenant);
        closeWithTenant(socket, lifetimes, tenant);
        sockets.emit("connection", socket, request);
      });
    };
    const refuse = (error: unknown) => {
      const problem = problemOf(error);
      if (!problem) options.onError(error);
      answer(stream, problem ?? failure);
    };
    resolveHttp(resolver, incoming, request, options).then(open, refuse).catch(options.onError);
  };
}

function closeWithTenant(socket: WebSocket, lifetimes: TenantLifetimes, tenant: TenantContext): void {
  const { signal, release } = lifetimes.follow(tenant.tenant);
  socket.once("close", release);
  signal.addEventListener("abort", () => {
    const [code, reason] = closing(signal.reason);
    socket.removeAllListeners("message").close(code, reason);
    const cutOff = setTimeout(() => socket.terminate(), closingMs);
    socket.once("close", () => clearTimeout(cutOff));
  });
}

function closing(error: unknown): [code: number, reason: RefusalCode] {
  if (!isFreeholdError(error)) return [inactiveCode, "tenant_inactive"];
  return [4000 + error.status, error.code];
}

function answer(stream: Duplex, { status, headers, body }: Problem): void {
  const lines = Object.entries({ ...headers, connection: "close" }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  stream.once("finish", () => stream.destroy());
  stream.end([`HTTP/1.1 ${status} ${titleOf(status)}`, ...lines, "", body].join("\r\n"));
}
