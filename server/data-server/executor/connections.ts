import type { RunCommand, StreamState } from "@/server/data-server/messages";
import { RequestError } from "@/server/data-server/request-error";
import { openForServing } from "@/server/drivers/sqlite/serve";
import type { Layout } from "@/server/drivers/sqlite/layout";
import { environmentId } from "@/server/kernel/ids";
import { createConnection, type Connection } from "./connection";
import {
  claim,
  closeConnection,
  closeFree,
  countOpened,
  createOpenConnections,
  findFree,
  release,
  type OpenConnections,
} from "./open-connections";
import type { StoredTexts } from "./requests";

/** A stream while this executor works for it: its connection, and what the client keeps in it. */
export interface Session {
  connection: Connection;
  texts: StoredTexts;
  isClosed: boolean;
}

/** The open databases of one executor: at most `most`, of which the ones longest unused are closed first. */
export interface Connections extends OpenConnections {
  layout: Layout;
  most: number;
  /** What streams have here between their requests. */
  held: Map<number, Session>;
}

export const createConnections = (layout: Layout, most: number): Connections => ({
  ...createOpenConnections(),
  layout,
  most,
  held: new Map(),
});

/** The session of a stream, with the connection that it has here already, or one for it. */
export function takeSession(all: Connections, command: RunCommand): Session {
  const kept = all.held.get(command.stream);
  if (kept) {
    if (kept.connection.isCurrent()) return kept;
    endSession(all, command.stream);
    throw new RequestError("SQLITE_CANTOPEN", "The database is missing.", 500);
  }
  const connection = findSame(all, command) ?? openConnection(all, command);
  claim(all, connection);
  connection.setSize(command.limits.sizeMb);
  return { connection, texts: new Map(), isClosed: false };
}

/** Keeps what the stream has here, or frees its connection for others. */
export function giveSession(all: Connections, stream: number, session: Session): StreamState {
  const { connection, isClosed, texts } = session;
  const keeps = connection.isInTransaction() || connection.lasting || texts.size > 0;
  if (!isClosed && keeps) {
    all.held.set(stream, session);
    return "held";
  }
  all.held.delete(stream);
  if (connection.lasting) closeConnection(all, connection);
  else {
    connection.rollback();
    release(all, connection);
  }
  return isClosed ? "closed" : "free";
}

/** Ends a stream and undoes its transaction. */
export function endSession(all: Connections, stream: number): void {
  const session = all.held.get(stream);
  if (!session) return;
  all.held.delete(stream);
  closeConnection(all, session.connection);
}

/** Closes everything of one database. */
export function forgetDatabase(all: Connections, database: string): void {
  for (const [stream, { connection }] of all.held)
    if (connection.database === database) endSession(all, stream);
  closeFree(all, database);
}

/** Closes everything, which lets SQLite tidy up beside the files. */
export function closeAll(all: Connections): void {
  for (const stream of all.held.keys()) endSession(all, stream);
  for (const connection of all.free) closeConnection(all, connection);
}

/** The databases of which nothing is open any more, since it was asked last. */
export function takeDropped({ dropped }: Connections): string[] {
  const given = [...dropped];
  dropped.clear();
  return given;
}

function findSame(all: Connections, command: RunCommand): Connection | undefined {
  const connection = findFree(all, command);
  if (!connection || connection.isCurrent()) return connection;
  // Another file lies in its place, or none: what is open is nobody's any more.
  closeFree(all, command.database);
  return undefined;
}

function openConnection(all: Connections, { database, tenant, scope, limits }: RunCommand): Connection {
  const { sizeMb } = limits;
  makeRoom(all);
  const identity = { tenant: environmentId(tenant), databaseName: database };
  const served = openForServing(all.layout, identity, { readOnly: scope === "readonly", sizeMb });
  const connection = createConnection(served, { scope, database, sizeMb });
  countOpened(all, connection);
  return connection;
}

function makeRoom(all: Connections): void {
  const { free, held, most } = all;
  if (free.size + held.size < most) return;
  const [oldest] = free;
  if (!oldest)
    throw new RequestError("SQLITE_BUSY", "Too many databases are in use. Try again in a moment.", 503);
  closeConnection(all, oldest);
}
