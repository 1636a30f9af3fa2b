import { lengthPrefixed } from "./length-prefixed";

/** What a sealed secret is bound to: it opens with exactly these fields. */
export type SealedFor =
  | {
      kind: "credential";
      id: string;
      organizationId: string;
      environmentId: string;
      databaseId: string;
      scope: string;
      generation: number;
    }
  | { kind: "cluster" | "pool"; id: string };

export const algorithm = "A256GCM.v1";

/** A sealed secret as the columns of its row. Bytes are base64url. */
export interface Sealed {
  tokenCipher: string;
  wrappedKey: string;
  kmsKeyId: string;
  kekVersion: string;
  alg: typeof algorithm;
}

/** The fields as additional authenticated data. */
export function aadOf(boundTo: SealedFor): Buffer {
  switch (boundTo.kind) {
    case "credential": {
      const { id, organizationId, environmentId, databaseId, scope, generation } = boundTo;
      const place = [organizationId, environmentId, databaseId, id];
      return lengthPrefixed(["credential.v1", ...place, scope, String(generation), algorithm]);
    }
    case "cluster":
    case "pool":
      return lengthPrefixed([`${boundTo.kind}.v1`, boundTo.id, algorithm]);
  }
}
