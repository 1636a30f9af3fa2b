const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An answer of Freehold, read strictly in what is needed; what is not asked for may be there. */
export class Fields {
  readonly #values: Record<string, unknown>;

  private constructor(values: Record<string, unknown>) {
    this.#values = values;
  }

  /** Throws when the text is no JSON object. */
  static parse(text: string): Fields {
    const value: unknown = JSON.parse(text);
    return Fields.#of(value, "The answer");
  }

  static #of(value: unknown, what: string): Fields {
    if (!isObject(value)) throw new Error(`${what} is no object.`);
    return new Fields(value);
  }

  text(name: string): string {
    const value = this.#own(name);
    if (typeof value !== "string") throw new Error(`${name} is no text.`);
    return value;
  }

  textOr(name: string, otherwise: string): string {
    const value = this.#own(name);
    return typeof value === "string" ? value : otherwise;
  }

  number(name: string): number {
    const value = this.#own(name);
    if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`${name} is no number.`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#own(name);
    if (typeof value !== "boolean") throw new Error(`${name} is neither true nor false.`);
    return value;
  }

  /** One of the words; the word that was given, so that a hundred thousand entries share it. */
  oneOf<const Word extends string>(name: string, words: readonly Word[], otherwise?: Word): Word {
    const value = this.text(name);
    const word = words.find((known) => known === value) ?? otherwise;
    if (word === undefined) throw new Error(`${name} is none of ${words.join(", ")}.`);
    return word;
  }

  fields(name: string): Fields {
    return Fields.#of(this.#own(name), name);
  }

  list(name: string): Fields[] {
    const value = this.#own(name);
    if (!Array.isArray(value)) throw new Error(`${name} is no list.`);
    return value.map((item: unknown) => Fields.#of(item, name));
  }

  /** An object of texts. */
  texts(name: string): Record<string, string> {
    const inner = this.fields(name);
    return Object.fromEntries(Object.keys(inner.#values).map((key) => [key, inner.text(key)]));
  }

  /** What `read` gives, or null when the field is null. */
  orNull<T>(name: string, read: (fields: Fields, name: string) => T): T | null {
    return this.#own(name) === null ? null : read(this, name);
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }
}
