import { createHash, createHmac, createSecretKey } from "node:crypto";
import type { auditEntry } from "@/drizzle/control/schema/audit";
import { deriveKey } from "@/server/kernel/master-secret";
import { singleton } from "@/server/kernel/singleton";

type Entry = Omit<typeof auditEntry.$inferSelect, "hash">;

export const genesisHash = "0".repeat(64);

const chainKey = () => singleton("audit-chain-key", () => createSecretKey(deriveKey("audit-chain.v1")));

/** Names the key without telling it, so that a verifier can say "written under another secret". */
export function chainKeyId(): string {
  return singleton("audit-chain-key-id", () =>
    createHash("sha256").update(chainKey().export()).digest("hex").slice(0, 16),
  );
}

/**
 * HMAC-SHA-256 over every column and the previous hash. The columns go in as one JSON
 * array, so no value can borrow characters from its neighbour.
 */
export function entryHash(entry: Entry): string {
  const columns = [
    entry.id,
    entry.chain,
    entry.seq,
    entry.at.getTime(),
    entry.actorKind,
    entry.actorId,
    entry.actorLabel,
    entry.action,
    entry.environmentId,
    entry.subjectKind,
    entry.subjectId,
    entry.subjectLabel,
    entry.detail,
    entry.requestId,
    entry.door,
    entry.ip,
    entry.keyId,
    entry.previousHash,
  ];
  return createHmac("sha256", chainKey()).update(JSON.stringify(columns)).digest("hex");
}
