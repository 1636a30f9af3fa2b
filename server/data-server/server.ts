import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import { prepareLayout } from "@/server/drivers/sqlite/layout";
import type { AccessBook } from "./access";
import { answerRequest, type Doors } from "./answer-request";
import { recheck } from "./recheck";
import { createScheduler, type ExecutorFacts } from "./scheduler";
import { collectUsage } from "./usage";

export interface DataServerOptions {
  /** Where the databases are, as the sqlite driver has them. */
  directory: string;
  book: AccessBook;
  /** 0 takes any that is free. */
  port: number;
  host: string;
  executors?: {
    /** Kept ready beside those that are taken; at least 2. */
    spare?: number;
    /** Processes at most. */
    most?: number;
    /** Open databases of one process. */
    handles?: number;
    /** Processes that one database has at once. */
    abreast?: number;
    /** How long a request waits for one, in milliseconds. */
    waitMs?: number;
  };
  /** After so long without a request a stream is over and its transaction undone. */
  quietMs?: number;
  usageMs?: number;
  /** A path that somebody else answers on the same port. */
  beside?: { path: string; answer(request: IncomingMessage, response: ServerResponse): Promise<void> };
}

export interface DataServer {
  port: number;
  /** The processes that run SQL: what each has open, how many streams it holds, whether it runs something. */
  executors(): ExecutorFacts[];
  /** Ends every request and stream, and waits until the databases are closed. */
  close(): Promise<void>;
}

const longestHeaders = 16 * 1024;
const mostConnections = 10_000;

/** Serves the databases in a directory over the libSQL remote protocol. Their SQL runs in processes of their own. Resolves when it answers. */
export async function createDataServer(options: DataServerOptions): Promise<DataServer> {
  const { book, port, host, executors = {}, quietMs = 10_000, usageMs = 5_000 } = options;
  const { root } = prepareLayout(options.directory);
  const scheduler = createScheduler({
    directory: root,
    spare: Math.max(2, executors.spare ?? availableParallelism()),
    most: executors.most ?? 12,
    handles: executors.handles ?? 512,
    abreast: executors.abreast ?? 2,
    waitMs: executors.waitMs ?? 10_000,
    quietMs,
  });
  const usage = collectUsage(book, usageMs);
  const unwatch = book.watch((tenant) => void recheck(book, scheduler, tenant));
  const server = serve({ book, scheduler, usage }, options.beside);
  await scheduler.ready;
  server.listen(port, host);
  await once(server, "listening");
  return {
    port: portOf(server),
    executors: () => scheduler.executors(),
    async close() {
      unwatch();
      const stopped = once(server, "close");
      server.close();
      await scheduler.close();
      server.closeAllConnections();
      await stopped;
      await usage.close();
    },
  };
}

function serve(doors: Doors, beside: DataServerOptions["beside"]): Server {
  const server = createServer(
    {
      requireHostHeader: true,
      maxHeaderSize: longestHeaders,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      noDelay: true,
    },
    (request, response) =>
      void (request.url === beside?.path
        ? beside?.answer(request, response)
        : answerRequest(doors, request, response)),
  );
  server.maxConnections = mostConnections;
  // Nobody who reads that slowly keeps an answer in memory for longer.
  server.setTimeout(60_000);
  return server;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The data server has no port.");
  return address.port;
}
