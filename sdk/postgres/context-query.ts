import { Query, type QueryConfig, type Submittable } from "pg";
import { setContext } from "./proof";

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

interface Prelude {
  name: string;
  text: string;
  types: number[];
  values: string[];
}

const textType = 25;

const contextOf = (tenant: string, proof: string): Prelude => ({
  name: "freehold_context",
  text: setContext,
  types: [textType, textType],
  values: [tenant, proof],
});

const prepared = new WeakMap<object, Set<string>>();

/**
 * A statement together with its tenant's context: both go out at once and are one transaction, so
 * that the context ends with the statement and costs no round trip. Inside a transaction the
 * context holds until its end.
 */
export class ContextQuery implements Submittable {
  readonly #inner: Inner;
  readonly #preludes: Prelude[];
  #outstanding: number;
  /** Tells what the statement was, as the server names it. */
  readonly #noteTag: (tag: string) => void;
  #names: Set<string> | undefined;

  /** Without a context: the transaction that is open has it. */
  constructor(
    config: QueryConfig,
    context: { tenant: string; proof: string } | null,
    noteTag: (tag: string) => void,
  ) {
    this.#inner = asInner(new Query(asExtended(config)));
    this.#preludes = context ? [contextOf(context.tenant, context.proof)] : [];
    this.#outstanding = this.#preludes.length;
    this.#noteTag = noteTag;
  }

  /** The client takes what is parsed for the statement of this name: not before its turn. */
  get name(): string | undefined {
    return this.#outstanding > 0 ? undefined : this.#inner.name;
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
      for (const prelude of this.#preludes) this.#send(wire, prelude);
      return this.#inner.submit(wire);
    } finally {
      wire.stream.uncork?.();
    }
  }

  #send(wire: Wire, { name, text, types, values }: Prelude): void {
    this.#names = prepared.get(wire) ?? new Set();
    prepared.set(wire, this.#names);
    if (!this.#names.has(name)) {
      // One that was left over from a failed attempt is no error to close.
      wire.close({ type: "S", name });
      wire.parse({ name, text, types });
      this.#names.add(name);
    }
    wire.bind({ portal: "", statement: name, values, valueMapper: String });
    wire.execute({ portal: "", rows: 0 });
  }

  handleRowDescription(message: unknown): void {
    this.#inner.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    if (this.#outstanding === 0) this.#inner.handleDataRow(message);
  }

  handleCommandComplete(message: { text: string }, connection: unknown): void {
    if (this.#outstanding > 0) {
      this.#outstanding -= 1;
      return;
    }
    this.#noteTag(message.text);
    this.#inner.handleCommandComplete(message, asWire(connection));
  }

  handleEmptyQuery(connection: unknown): void {
    this.#inner.handleEmptyQuery(asWire(connection));
  }

  handleError(error: Error, connection: unknown): void {
    if (this.#outstanding > 0) this.#names?.clear();
    this.#inner.handleError(error, asWire(connection));
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

// The types do not know queryMode. Without it, a text may hold several statements.
const asExtended = (config: QueryConfig) => ({ ...config, queryMode: "extended" }) as QueryConfig;
