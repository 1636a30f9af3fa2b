import { lengthPrefixed } from "@/server/kernel/seal/length-prefixed";

/** A key-encryption key in one version. */
export interface KeyRef {
  keyId: string;
  version: string;
}

/** A data-encryption key (DEK) under a key-encryption key. */
export interface WrappedDek extends KeyRef {
  bytes: Uint8Array;
}

/** The id of what the data-encryption key seals. The wrap is bound to it. */
export interface KeyContext {
  id: string;
}

export interface KeyHealth extends KeyRef {
  /** How often the current version has wrapped, at most; null when the key service counts itself. */
  wraps: number | null;
  /** A sentence for operators, when something has to be done. */
  warning: string | null;
}

/** The part of a provider that cannot unwrap. */
export interface KekWrapper {
  readonly id: "local-file" | "env" | "aws-kms" | "gcp-kms" | "vault-transit";
  /** What new wraps use. */
  current(): Promise<KeyRef>;
  /** Leaves the caller's `dek` as it is. */
  wrap(dek: Uint8Array, context: KeyContext): Promise<WrappedDek>;
}

/**
 * Where key-encryption keys live. Every call may be repeated. A call throws `KeysUnavailable`
 * when it could not find out, and another error when the wrap is not what it claims to be.
 */
export interface KekProvider extends KekWrapper {
  /** Whether this provider may use the key. Rows name keys, so a row must not choose freely. */
  owns(keyId: string): Promise<boolean>;
  /** With exactly the key and version that the wrap names. The caller zeroes what it gets. */
  unwrap(wrapped: WrappedDek, context: KeyContext): Promise<Uint8Array>;
  /** The same DEK under the current key, without showing it to this process. */
  rewrap?(wrapped: WrappedDek, context: KeyContext): Promise<WrappedDek>;
  /** Wraps and unwraps a sentinel; throws when that fails. */
  health(): Promise<KeyHealth>;
}

export const dekLength = 32;

/** The additional authenticated data of a wrap. */
export function dekAad({ keyId, version }: KeyRef, { id }: KeyContext): Buffer {
  return lengthPrefixed(["dek.v1", keyId, version, id]);
}

export const isSameKey = (a: KeyRef, b: KeyRef) => a.keyId === b.keyId && a.version === b.version;
