/**
 * Each field as its length in four bytes and its UTF-8. No two lists of fields give the same
 * bytes, which a join with a separator cannot promise.
 */
export function lengthPrefixed(fields: readonly string[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      if (!field.isWellFormed()) throw new Error("A field is no well-formed text.");
      const bytes = Buffer.from(field);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
