import { Secret } from "@/server/kernel/secret";
import { failureOf } from "./failure";
import { decrypt } from "./keys/decrypt";
import { dekLength, isSameKey, type KekProvider, type WrappedDek } from "./keys/key-provider";
import { keyProvider } from "./keys/provider";
import { rewrapHere } from "./keys/rewrap-here";
import { aadOf, algorithm, type Sealed, type SealedFor } from "./sealed";

export interface Opener {
  /**
   * The secret, when `sealed` is whole and was sealed for exactly these fields. Otherwise one
   * DomainError for every reason, or KeysUnavailable when the keys gave no verdict.
   */
  open(sealed: Sealed, boundTo: SealedFor): Promise<Secret>;
  /**
   * The same secret under the current key-encryption key, or null when it is under it already.
   * The ciphertext stays, so write it back only where key id and version are still the old ones.
   */
  rewrap(sealed: Sealed, boundTo: Pick<SealedFor, "id">): Promise<Sealed | null>;
}

export function createOpener(keys: KekProvider): Opener {
  return {
    async open(sealed, boundTo) {
      let dek: Uint8Array | undefined;
      let plain: Buffer | undefined;
      try {
        const cipher = bytesOf(sealed.tokenCipher);
        dek = await keys.unwrap(wrappedDekOf(sealed), { id: boundTo.id });
        if (dek.length !== dekLength) throw new Error("The data-encryption key has the wrong length.");
        plain = decrypt(dek, cipher, aadOf(boundTo));
        return new Secret(plain.toString());
      } catch (error) {
        throw failureOf(error);
      } finally {
        dek?.fill(0);
        plain?.fill(0);
      }
    },

    async rewrap(sealed, { id }) {
      try {
        const wrapped = wrappedDekOf(sealed);
        if (isSameKey(wrapped, await keys.current())) return null;
        const fresh = await (keys.rewrap?.(wrapped, { id }) ?? rewrapHere(keys, keys, wrapped, { id }));
        const wrappedKey = Buffer.from(fresh.bytes).toString("base64url");
        return { ...sealed, wrappedKey, kmsKeyId: fresh.keyId, kekVersion: fresh.version };
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

/** Opens with this installation's keys. */
export const open: Opener["open"] = (sealed, boundTo) => createOpener(keyProvider()).open(sealed, boundTo);

/** Re-wraps with this installation's keys. */
export const rewrap: Opener["rewrap"] = (sealed, boundTo) =>
  createOpener(keyProvider()).rewrap(sealed, boundTo);

function wrappedDekOf({ alg, wrappedKey, kmsKeyId, kekVersion }: Sealed): WrappedDek {
  if (alg !== algorithm) throw new Error("The algorithm is unknown.");
  return { keyId: kmsKeyId, version: kekVersion, bytes: bytesOf(wrappedKey) };
}

// Node skips what is no base64url and ignores spare bits, so one value would have many spellings.
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new Error("The text is no base64url.");
  return bytes;
}
