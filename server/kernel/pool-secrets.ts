import { z } from "zod";
import { Secret } from "./secret";

/** What opens a pool. Whoever has the key can act for every tenant in it. */
export interface PoolSecrets {
  /** 32 bytes in base64url, under which tenants' keys are derived. */
  key: Secret;
  /** The passwords of the two logins that all services share. They open no tenant's rows. */
  readonlyPassword: Secret;
  readwritePassword: Secret;
}

const Stored = z.strictObject({ key: z.string(), readonly: z.string(), readwrite: z.string() });

/** A pool's secrets as one, to be sealed with its row. */
export const packSecrets = ({ key, readonlyPassword, readwritePassword }: PoolSecrets): Secret =>
  new Secret(
    JSON.stringify({
      key: key.reveal(),
      readonly: readonlyPassword.reveal(),
      readwrite: readwritePassword.reveal(),
    }),
  );

export function unpackSecrets(packed: Secret): PoolSecrets {
  const { key, readonly, readwrite } = Stored.parse(JSON.parse(packed.reveal()));
  return {
    key: new Secret(key),
    readonlyPassword: new Secret(readonly),
    readwritePassword: new Secret(readwrite),
  };
}
