import { env } from "@/server/kernel/env";
import type { KeySource } from "@/server/kernel/key-settings";
import { singleton } from "@/server/kernel/singleton";
import { awsKms } from "./aws-kms";
import { envKeys } from "./env-keyring";
import { gcpKms } from "./gcp-kms";
import type { KekProvider } from "./key-provider";
import { localFileKeys, mintKeyring } from "./local-file";
import { rewrapHere } from "./rewrap-here";
import { vaultTransit } from "./vault-transit";

/** This installation's keys. */
export function keyProvider(): KekProvider {
  return singleton("key-provider", () =>
    together(env().keySources.map((source) => make(source, env().dataDir))),
  );
}

/** Makes the keyring file at the first start, when it is what this installation uses. See `mintKeyring`. */
export async function prepareKeys(hasSealed: () => Promise<boolean>): Promise<void> {
  if (env().keySources.some(({ kind }) => kind === "file")) await mintKeyring(env().dataDir, hasSealed);
}

function make(source: KeySource, directory: string): KekProvider {
  switch (source.kind) {
    case "file":
      return localFileKeys(directory);
    case "env":
      return envKeys(source.keyring);
    case "aws-kms":
      return awsKms(source);
    case "gcp-kms":
      return gcpKms(source);
    case "vault-transit":
      return vaultTransit(source);
  }
}

/** The last provider wraps; each opens what its own keys have wrapped. So secrets can move from one to the next. */
export function together(providers: readonly KekProvider[]): KekProvider {
  const last = providers.at(-1);
  if (!last) throw new Error("There is no key provider.");
  const holderOf = async (keyId: string) => {
    for (const provider of providers) if (await provider.owns(keyId)) return provider;
    throw new Error("No key provider holds this key.");
  };
  return {
    ...last,
    owns: async (keyId) => {
      const owned = await Promise.all(providers.map((provider) => provider.owns(keyId)));
      return owned.includes(true);
    },
    unwrap: async (wrapped, context) => (await holderOf(wrapped.keyId)).unwrap(wrapped, context),
    rewrap: async (wrapped, context) => {
      const holder = await holderOf(wrapped.keyId);
      if (holder === last && last.rewrap) return last.rewrap(wrapped, context);
      return rewrapHere(holder, last, wrapped, context);
    },
  };
}
