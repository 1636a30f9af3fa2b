import type { GoogleAuth } from "google-auth-library";
import { z } from "zod";
import { isUnavailable } from "@/server/kernel/seal/failure";
import { ask } from "./ask";
import { crc32c } from "./crc32c";
import { dekAad, type KekProvider, type KeyRef } from "./key-provider";
import { answerWithinMs, currentForMs, healthOf, serviceError } from "./key-service";
import { loadPackage } from "./load-package";
import { remember } from "./remember";

export interface GcpKmsOptions {
  /** `projects/…/locations/…/keyRings/…/cryptoKeys/…`; the last one wraps, all of them open. */
  keys: readonly string[];
  endpoint?: string;
  timeoutMs?: number;
}

const prefix = "gcp-kms:";

const Checksum = z.coerce.string();
const Key = z.object({ primary: z.object({ name: z.string() }) });
const Encrypted = z.object({
  name: z.string(),
  ciphertext: z.base64(),
  ciphertextCrc32c: Checksum,
  verifiedPlaintextCrc32c: z.literal(true),
  verifiedAdditionalAuthenticatedDataCrc32c: z.literal(true),
});
const Decrypted = z.object({ plaintext: z.base64(), plaintextCrc32c: Checksum });
const InvalidArgument = z.object({ error: z.object({ status: z.literal("INVALID_ARGUMENT") }) });

/**
 * Cloud KMS through its REST API with Google's own library for credentials. Google's client for
 * KMS ends the process when it finds no credentials. There is no `rewrap`: the service cannot
 * re-encrypt.
 */
export function gcpKms(options: GcpKmsOptions): KekProvider {
  const { keys } = options;
  const call = callerOf(options);
  const current = remember(currentForMs, async () => {
    const name = keys.at(-1) ?? "";
    const { primary } = await call("getCryptoKey", name, { answer: Key });
    return { keyId: `${prefix}${name}`, version: primary.name.slice(`${name}/cryptoKeyVersions/`.length) };
  });
  const wrap: KekProvider["wrap"] = async (dek, context) => {
    const key = await current();
    const name = `${nameOf(key)}/cryptoKeyVersions/${key.version}`;
    const body = { ...checked("plaintext", dek), ...checked(aadName, dekAad(key, context)) };
    const answer = await call("encrypt", `${name}:encrypt`, { answer: Encrypted, body });
    if (answer.name !== name) throw serviceError("gcp-kms encrypt", "another version answered", false);
    return { ...key, bytes: whole("encrypt", answer.ciphertext, answer.ciphertextCrc32c) };
  };
  const unwrap: KekProvider["unwrap"] = async (wrapped, context) => {
    const name = nameOf(wrapped);
    if (!keys.includes(name)) throw new Error("gcp-kms may not use this key.");
    const body = { ...checked("ciphertext", wrapped.bytes), ...checked(aadName, dekAad(wrapped, context)) };
    const answer = await call("decrypt", `${name}:decrypt`, { answer: Decrypted, body });
    return whole("decrypt", answer.plaintext, answer.plaintextCrc32c);
  };
  const owns: KekProvider["owns"] = async (keyId) => keys.some((key) => keyId === `${prefix}${key}`);
  return { id: "gcp-kms", current, owns, wrap, unwrap, health: () => healthOf({ wrap, unwrap }) };
}

const aadName = "additionalAuthenticatedData";
const nameOf = ({ keyId }: KeyRef) => (keyId.startsWith(prefix) ? keyId.slice(prefix.length) : "");

function callerOf(options: GcpKmsOptions) {
  const { endpoint = "https://cloudkms.googleapis.com", timeoutMs = answerWithinMs } = options;
  let known: Promise<GoogleAuth> | undefined;
  return async <T>(
    name: string,
    path: string,
    { answer, body }: { answer: z.ZodType<T>; body?: unknown },
  ) => {
    const used = (known ??= makeAuth(options));
    try {
      const auth = await used;
      return await ask({
        call: `gcp-kms ${name}`,
        url: new URL(`/v1/${path}`, endpoint),
        headers: () => auth.getRequestHeaders(),
        body,
        answer,
        // A disabled version is a 400 too.
        isVerdict: (_, refusal) => InvalidArgument.safeParse(refusal).success,
        timeoutMs,
      });
    } catch (error) {
      // Its token may be the reason, and a question for a token that hangs would hold up all others.
      if (isUnavailable(error) && known === used) known = undefined;
      throw error;
    }
  };
}

async function makeAuth({ keys }: GcpKmsOptions): Promise<GoogleAuth> {
  const library = await loadPackage(
    "gcp-kms",
    "google-auth-library",
    () => import(/* turbopackIgnore: true */ "google-auth-library"),
  );
  return new library.GoogleAuth({
    // Not needed, but without it the library looks for one in places that take seconds.
    projectId: keys.at(-1)?.split("/")[1],
    scopes: "https://www.googleapis.com/auth/cloudkms",
  });
}

/** Bytes of a request with their checksum. */
function checked(name: string, bytes: Uint8Array) {
  return { [name]: Buffer.from(bytes).toString("base64"), [`${name}Crc32c`]: String(crc32c(bytes)) };
}

/** The bytes of an answer when their checksum holds. */
function whole(call: string, text: string, checksum: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (checksum !== String(crc32c(bytes)))
    throw serviceError(`gcp-kms ${call}`, "the answer arrived damaged", false);
  return bytes;
}
