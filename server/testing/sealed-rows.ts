import { randomBytes } from "node:crypto";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import type { KekWrapper } from "@/server/kernel/seal/keys/key-provider";
import { createSealer } from "@/server/kernel/seal/seal";
import type { Sealed, SealedFor } from "@/server/kernel/seal/sealed";

export type Credential = Extract<SealedFor, { kind: "credential" }>;

export interface Row {
  sealed: Sealed;
  boundTo: SealedFor;
}

export const refusal = {
  code: "precondition",
  message: "The stored secret cannot be opened with these keys.",
};

export const newKey = () => randomBytes(32).toString("base64");

export const newCredential = (): Credential => ({
  kind: "credential",
  id: newId(),
  organizationId: newId(),
  environmentId: newId(),
  databaseId: newId(),
  scope: "readwrite",
  generation: 1,
});

/** A secret in its columns, with the fields that it is bound to. */
export async function rowUnder(keys: KekWrapper, boundTo: SealedFor): Promise<Row> {
  return { sealed: await createSealer(keys).seal(new Secret("postgres://u:p@h/d"), boundTo), boundTo };
}
