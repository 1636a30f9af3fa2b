import { text } from "drizzle-orm/sqlite-core";

/** A sealed secret, as `server/kernel/seal` makes it; all null where there is none any more. */
export const sealedColumns = {
  tokenCipher: text("token_cipher"),
  wrappedKey: text("wrapped_key"),
  kmsKeyId: text("kms_key_id"),
  kekVersion: text("kek_version"),
  alg: text("alg"),
};
