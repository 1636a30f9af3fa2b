import { DatabaseSync } from "node:sqlite";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { addKeyringVersion, localFileKeys } from "./keys/local-file";
import { createOpener } from "./open";
import { createSealer } from "./seal";
import { algorithm, type SealedFor } from "./sealed";

// Seals, adds key versions and re-wraps until it is killed; a line for each round.
const [directory = "", path = ""] = process.argv.slice(2);
const db = new DatabaseSync(path, { timeout: 5000 });
// A killed process loses nothing that it wrote; syncing would only make rounds slow.
db.exec("PRAGMA synchronous = OFF");
const keys = localFileKeys(directory);
const [sealer, opener] = [createSealer(keys), createOpener(keys)];
const insert = db.prepare("INSERT INTO secrets VALUES (?, ?, ?, ?, ?)");
const update = db.prepare(
  "UPDATE secrets SET wrapped_key = ?, kms_key_id = ?, kek_version = ? WHERE id = ? AND kms_key_id = ? AND kek_version = ?",
);
for (;;) {
  for (let count = 0; count < 10; count++) {
    const boundTo: SealedFor = { kind: "cluster", id: newId() };
    const sealed = await sealer.seal(new Secret(`secret of ${boundTo.id}`), boundTo);
    insert.run(boundTo.id, sealed.tokenCipher, sealed.wrappedKey, sealed.kmsKeyId, sealed.kekVersion);
  }
  addKeyringVersion(directory);
  for (const row of db.prepare("SELECT * FROM secrets").all()) {
    const id = String(row.id);
    const sealed = {
      tokenCipher: String(row.token_cipher),
      wrappedKey: String(row.wrapped_key),
      kmsKeyId: String(row.kms_key_id),
      kekVersion: String(row.kek_version),
      alg: algorithm,
    } as const;
    const fresh = await opener.rewrap(sealed, { id });
    if (fresh)
      update.run(fresh.wrappedKey, fresh.kmsKeyId, fresh.kekVersion, id, sealed.kmsKeyId, sealed.kekVersion);
  }
  process.stdout.write("round\n");
}
