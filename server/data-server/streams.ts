import { randomBytes } from "node:crypto";
import type { Secret } from "@/server/kernel/secret";
import type { Access, Target } from "./access";
import type { Executor } from "./executor-process";
import { RequestError } from "./request-error";

/** A client's conversation with one database. Between its requests it is known by its baton. */
export interface Stream {
  readonly id: number;
  readonly target: Target;
  readonly token: Secret;
  access: Access;
  /** The only executor that can go on with it, while it has a transaction or the like there. */
  executor: Executor | null;
  /** The executor that had it last. */
  last: Executor | null;
  /** When its last request ended, in milliseconds of `performance.now()`. */
  usedAt: number;
  isBusy: boolean;
  /** Resolves when its present request has ended. */
  turn: Promise<void>;
  baton: string | null;
  /** Why it is over, once it is. */
  ended: RequestError | null;
}

export interface Streams {
  open(access: Access, target: Target, token: Secret): Stream;
  /** The stream of a baton, which is used up by it. Another token or database does not get it. */
  resume(baton: unknown, access: Access): Promise<Stream>;
  /** A new baton, of 32 random bytes. */
  handOut(stream: Stream): string;
  /** It is over, for this reason. */
  end(stream: Stream, because: RequestError): void;
  all(): Iterable<Stream>;
}

export const expired = () =>
  new RequestError("STREAM_EXPIRED", "The stream has expired. Start the transaction again.");

/** Most streams end like this, so it is made once. */
export const closed = new RequestError("STREAM_CLOSED", "The stream is closed.");

const unknownBaton = () => new RequestError("BATON_INVALID", "The baton is not valid. Open a new stream.");

export function createStreams(): Streams {
  const streams = new Set<Stream>();
  const batons = new Map<string, Stream>();
  let lastId = 0;

  function takeBaton(stream: Stream): void {
    if (stream.baton !== null) batons.delete(stream.baton);
    stream.baton = null;
  }

  return {
    open(access, target, token) {
      lastId += 1;
      const stream = newStream(lastId, { access, target, token });
      streams.add(stream);
      return stream;
    },
    async resume(baton, access) {
      const stream = typeof baton === "string" ? batons.get(baton) : undefined;
      if (!stream || !belongsTo(stream, access)) throw unknownBaton();
      takeBaton(stream);
      await stream.turn;
      if (stream.ended) throw stream.ended;
      stream.access = access;
      return stream;
    },
    handOut(stream) {
      const baton = randomBytes(32).toString("base64url");
      stream.baton = baton;
      batons.set(baton, stream);
      return baton;
    },
    end(stream, because) {
      stream.ended ??= because;
      takeBaton(stream);
      streams.delete(stream);
    },
    all: () => streams,
  };
}

const newStream = (id: number, given: Pick<Stream, "access" | "target" | "token">): Stream => ({
  id,
  ...given,
  executor: null,
  last: null,
  usedAt: performance.now(),
  isBusy: false,
  turn: Promise.resolve(),
  baton: null,
  ended: null,
});

const belongsTo = ({ access }: Stream, { tenant, databaseName, credentialId }: Access) =>
  access.tenant === tenant && access.databaseName === databaseName && access.credentialId === credentialId;
