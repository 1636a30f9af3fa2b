import type { Client, InArgs, InStatement, ResultSet, Transaction, TransactionMode } from "@libsql/client";

type BatchStatement = InStatement | [string, InArgs?];

/** The tenant's libSQL client as one use has it: it ends with the use, and so does what it began. */
export class LentClient implements Client {
  readonly protocol: string;
  readonly #client: Client;
  readonly #isReadOnly: boolean;
  readonly #begun = new Set<Transaction>();
  #isOver = false;

  constructor(client: Client, isReadOnly: boolean) {
    this.#client = client;
    this.#isReadOnly = isReadOnly;
    this.protocol = client.protocol;
  }

  /** The use is over: every later call throws, and an open transaction is rolled back. */
  end(): void {
    this.#isOver = true;
    for (const transaction of this.#begun) transaction.close();
    this.#begun.clear();
  }

  execute(statement: InStatement): Promise<ResultSet>;
  execute(sql: string, args?: InArgs): Promise<ResultSet>;
  async execute(given: InStatement, args?: InArgs): Promise<ResultSet> {
    const client = this.#lent();
    const statement = typeof given === "string" ? { sql: given, args: args ?? [] } : given;
    if (!this.#isReadOnly) return client.execute(statement);
    const [result] = await client.batch([statement], "read");
    if (!result) throw new Error("The database gave no result.");
    return result;
  }

  async batch(statements: BatchStatement[], mode?: TransactionMode): Promise<ResultSet[]> {
    return this.#lent().batch(statements, this.#modeOf(mode));
  }

  async migrate(statements: InStatement[]): Promise<ResultSet[]> {
    this.#requireWriting();
    return this.#lent().migrate(statements);
  }

  async transaction(mode?: TransactionMode): Promise<Transaction> {
    const transaction = await this.#lent().transaction(this.#modeOf(mode));
    if (this.#isOver) {
      transaction.close();
      throw over();
    }
    this.#begun.add(transaction);
    return transaction;
  }

  async executeMultiple(sql: string): Promise<void> {
    this.#requireWriting();
    await this.#lent().executeMultiple(sql);
  }

  sync(): ReturnType<Client["sync"]> {
    return this.#lent().sync();
  }

  /** The client is the tenant's, and stays open for the others that use it. */
  close(): void {}

  reconnect(): void {}

  get closed(): boolean {
    return this.#isOver;
  }

  #lent(): Client {
    if (this.#isOver) throw over();
    return this.#client;
  }

  #modeOf(mode: TransactionMode = "write"): TransactionMode {
    return this.#isReadOnly ? "read" : mode;
  }

  #requireWriting(): void {
    if (this.#isReadOnly) throw new Error("The tenant's database was asked for to read only.");
  }
}

const over = () => new Error("The tenant's turn is over.");
