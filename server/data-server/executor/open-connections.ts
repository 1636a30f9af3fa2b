import type { Connection } from "./connection";

/** Connections that no stream has, in the order of use, and how many each database has in all. */
export interface OpenConnections {
  free: Set<Connection>;
  freeOf: Map<string, Connection[]>;
  /** All that are open, by database, those of streams included. */
  counts: Map<string, number>;
  /** Databases of which nothing is open any more. */
  dropped: Set<string>;
}

export const createOpenConnections = (): OpenConnections => ({
  free: new Set(),
  freeOf: new Map(),
  counts: new Map(),
  dropped: new Set(),
});

const keyOf = ({ database, scope }: Pick<Connection, "database" | "scope">) => `${database} ${scope}`;

export function countOpened({ counts, dropped }: OpenConnections, { database }: Connection): void {
  counts.set(database, (counts.get(database) ?? 0) + 1);
  dropped.delete(database);
}

/** Lets others have it. */
export function release({ free, freeOf }: OpenConnections, connection: Connection): void {
  free.add(connection);
  const others = freeOf.get(keyOf(connection));
  if (others) others.push(connection);
  else freeOf.set(keyOf(connection), [connection]);
}

/** The one that was used last. */
export function findFree(
  { freeOf }: OpenConnections,
  wanted: Pick<Connection, "database" | "scope">,
): Connection | undefined {
  return freeOf.get(keyOf(wanted))?.at(-1);
}

export function claim({ free, freeOf }: OpenConnections, connection: Connection): void {
  if (!free.delete(connection)) return;
  const key = keyOf(connection);
  const others = freeOf.get(key) ?? [];
  const at = others.lastIndexOf(connection);
  if (at >= 0) others.splice(at, 1);
  if (others.length === 0) freeOf.delete(key);
}

export function closeConnection(open: OpenConnections, connection: Connection): void {
  claim(open, connection);
  connection.close();
  const { database } = connection;
  const count = (open.counts.get(database) ?? 1) - 1;
  if (count > 0) {
    open.counts.set(database, count);
    return;
  }
  open.counts.delete(database);
  open.dropped.add(database);
}

export function closeFree(open: OpenConnections, database: string): void {
  for (const connection of open.free) if (connection.database === database) closeConnection(open, connection);
}
