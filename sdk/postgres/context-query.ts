import { Query, type QueryConfig, type Submittable } from "pg";
import { setContext } from "./proof.ts";

/** The parts of pg's own classes that a query is made of, which its types leave out. */
interface Wire {
  stream: { cork?(): void; uncork?(): void };
  parse(message: { name: string; text: string; types: number[] }): void;
  bind(message: {
    portal: string;
    statement: string;
    values: string[];
    valueMapper: (value: unknown) => unknown;
  }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: "S"; name: string }): void;
}

interface Inner {
  name: string | undefined;
  text: string;
  queryMode: string | undefined;
  callback: ((error: Error | null, result?: unknown) => void) | undefined;
  binary: boolean;
  _result: unknown;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: { text: string }, wire: Wire): void;
  handleEmptyQuery(wire: Wire): void;
  handleError(error: Error, wire: Wire): void;
  handleReadyForQuery(wire: Wire): void;
  handlePortalSuspended(wire: Wire): void;
  handleCopyInResponse(wire: Wire): void;
  handleCopyData(message: unknown, wire: Wire): void;
  submit(wire: Wire): Error | null;
}

const asInner = (query: unknown) => query as Inner;
const asWire = (connection: unknown) => connection as Wire;

export interface ProvenContext {
  tenant: string;
  proof: string;
}

const name = "freehold_context";
const textType = 25;
const types = [textType, textType];

/** Connections that have the context's statement under its name. */
const prepared = new WeakSet<object>();

/**
 * A statement together with its tenant's context: both go out at once and are one transaction, so
 * that the context ends with the statement and costs no round trip. Inside a transaction the
 * context holds until its end.
 */
export class ContextQuery implements Submittable {
  readonly #inner: Inner;
  readonly #context: ProvenContext | null;
  /** The context has been asked for, and not been answered. */
  #isPending: boolean;
  /** Tells what the statement was, as the server names it. */
  readonly #noteTag: (tag: string) => void;

  /** Without a context: the transaction that is open has it. */
  constructor(
    { config, values }: { config: QueryConfig; values: unknown[] | undefined },
    context: ProvenContext | null,
    noteTag: (tag: string) => void,
  ) {
    this.#inner = asInner(new Query(config, values));
    // Otherwise, a text may hold several statements.
    this.#inner.queryMode = "extended";
    this.#context = context;
    this.#isPending = context !== null;
    this.#noteTag = noteTag;
  }

  /** The client takes what is parsed for the statement of this name: not before its turn. */
  get name(): string | undefined {
    return this.#isPending ? undefined : this.#inner.name;
  }

  get text(): string {
    return this.#inner.text;
  }

  get callback() {
    return this.#inner.callback;
  }

  set callback(callback) {
    this.#inner.callback = callback;
  }

  get binary(): boolean {
    return this.#inner.binary;
  }

  set binary(binary: boolean) {
    this.#inner.binary = binary;
  }

  get _result(): unknown {
    return this.#inner._result;
  }

  submit(connection: unknown): Error | null {
    const wire = asWire(connection);
    wire.stream.cork?.();
    try {
      if (this.#context) send(wire, this.#context);
      return this.#inner.submit(wire);
    } finally {
      wire.stream.uncork?.();
    }
  }

  handleRowDescription(message: unknown): void {
    this.#inner.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    if (!this.#isPending) this.#inner.handleDataRow(message);
  }

  handleCommandComplete(message: { text: string }, connection: unknown): void {
    if (this.#isPending) {
      this.#isPending = false;
      return;
    }
    this.#noteTag(message.text);
    this.#inner.handleCommandComplete(message, asWire(connection));
  }

  handleEmptyQuery(connection: unknown): void {
    this.#inner.handleEmptyQuery(asWire(connection));
  }

  handleError(error: Error, connection: unknown): void {
    const wire = asWire(connection);
    if (this.#isPending) prepared.delete(wire);
    this.#inner.handleError(error, wire);
  }

  handleReadyForQuery(connection: unknown): void {
    this.#inner.handleReadyForQuery(asWire(connection));
  }

  handlePortalSuspended(connection: unknown): void {
    this.#inner.handlePortalSuspended(asWire(connection));
  }

  handleCopyInResponse(connection: unknown): void {
    this.#inner.handleCopyInResponse(asWire(connection));
  }

  handleCopyData(message: unknown, connection: unknown): void {
    this.#inner.handleCopyData(message, asWire(connection));
  }
}

function send(wire: Wire, { tenant, proof }: ProvenContext): void {
  if (!prepared.has(wire)) {
    // One that was left over from a failed attempt is no error to close.
    wire.close({ type: "S", name });
    wire.parse({ name, text: setContext, types });
    prepared.add(wire);
  }
  wire.bind({ portal: "", statement: name, values: [tenant, proof], valueMapper: String });
  wire.execute({ portal: "", rows: 0 });
}
