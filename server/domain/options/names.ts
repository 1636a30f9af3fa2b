/** `checkout`, `com.example.checkout`: parts of letters and digits, joined by single dots or dashes. */
export const optionsNameShape = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;

export const optionsLimits = {
  nameLength: 100,
  /** Of an overlay, of defaults and of a schema, as JSON in UTF-8. */
  bytes: 64 * 1024,
  /** Objects and arrays within each other. */
  depth: 8,
  keyLength: 200,
  /** Sets with an overlay, in one environment. */
  sets: 100,
  /** Earlier versions that are kept of each set. */
  versions: 100,
  /** Sets that services have published, in one installation. */
  published: 200,
} as const;

export const optionsChangeKinds = ["set", "restore", "clear"] as const;
export type OptionsChangeKind = (typeof optionsChangeKinds)[number];
