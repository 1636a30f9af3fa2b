import type { KMS, KMSClientConfig } from "@aws-sdk/client-kms";
import { nameOf } from "./ask";
import { isSameKey, type KekProvider, type KeyContext, type KeyRef } from "./key-provider";
import { answerWithinMs, currentForMs, healthOf, serviceError } from "./key-service";
import { loadPackage } from "./load-package";
import { remember } from "./remember";

export interface AwsKmsOptions {
  /** Ids, ARNs or aliases; the last one wraps, all of them open. */
  keys: readonly string[];
  /** For the SDK, which otherwise reads AWS_REGION, credentials and AWS_ENDPOINT_URL_KMS itself. */
  config?: KMSClientConfig;
  timeoutMs?: number;
}

const prefix = "aws-kms:";
// AWS keeps the versions inside a key to itself, so re-wrapping goes from key to key.
const onlyVersion = "1";
const verdicts = ["InvalidCiphertextException", "IncorrectKeyException"];

export function awsKms(options: AwsKmsOptions): KekProvider {
  const call = callerOf(options);
  const known = remember(currentForMs, () => Promise.all(options.keys.map((key) => describe(call, key))));
  const current = async () => given((await known()).at(-1), "DescribeKey");
  const arnOfOwned = async (key: KeyRef) => {
    if (!(await known()).some((one) => isSameKey(one, key))) throw new Error("aws-kms may not use this key.");
    return arnOf(key);
  };

  const wrap: KekProvider["wrap"] = async (dek, context) => {
    const key = await current();
    const input = { KeyId: arnOf(key), Plaintext: dek, EncryptionContext: contextOf(key, context) };
    const { CiphertextBlob } = await call("Encrypt", (kms, limit) => kms.encrypt(input, limit));
    return { ...key, bytes: given(CiphertextBlob, "Encrypt") };
  };
  const unwrap: KekProvider["unwrap"] = async (wrapped, context) => {
    const input = {
      KeyId: await arnOfOwned(wrapped),
      CiphertextBlob: wrapped.bytes,
      EncryptionContext: contextOf(wrapped, context),
    };
    const { Plaintext, KeyId } = await call("Decrypt", (kms, limit) => kms.decrypt(input, limit));
    if (KeyId !== input.KeyId) throw serviceError("aws-kms Decrypt", "another key answered", false);
    return given(Plaintext, "Decrypt");
  };
  const rewrap: KekProvider["rewrap"] = async (wrapped, context) => {
    const key = await current();
    const input = {
      CiphertextBlob: wrapped.bytes,
      SourceKeyId: await arnOfOwned(wrapped),
      SourceEncryptionContext: contextOf(wrapped, context),
      DestinationKeyId: arnOf(key),
      DestinationEncryptionContext: contextOf(key, context),
    };
    const { CiphertextBlob } = await call("ReEncrypt", (kms, limit) => kms.reEncrypt(input, limit));
    return { ...key, bytes: given(CiphertextBlob, "ReEncrypt") };
  };
  const owns: KekProvider["owns"] = async (keyId) =>
    keyId.startsWith(prefix) && (await known()).some((key) => key.keyId === keyId);
  return { id: "aws-kms", current, owns, wrap, unwrap, rewrap, health: () => healthOf({ wrap, unwrap }) };
}

type Call = <T>(
  name: string,
  run: (kms: KMS, limit: { abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>;

function callerOf({ config, timeoutMs = answerWithinMs }: AwsKmsOptions): Call {
  const client = remember(Infinity, async () => {
    const sdk = await loadPackage(
      "aws-kms",
      "@aws-sdk/client-kms",
      () => import(/* turbopackIgnore: true */ "@aws-sdk/client-kms"),
    );
    return new sdk.KMS({ maxAttempts: 2, ...config });
  });
  return async (name, run) => {
    const kms = await client();
    try {
      return await run(kms, { abortSignal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      const isVerdict = error instanceof Error && verdicts.includes(error.name);
      throw serviceError(`aws-kms ${name}`, nameOf(error), isVerdict);
    }
  };
}

async function describe(call: Call, key: string): Promise<KeyRef> {
  const { KeyMetadata } = await call("DescribeKey", (kms, limit) => kms.describeKey({ KeyId: key }, limit));
  return { keyId: `${prefix}${given(KeyMetadata?.Arn, "DescribeKey")}`, version: onlyVersion };
}

const arnOf = ({ keyId }: KeyRef) => keyId.slice(prefix.length);

// CloudTrail shows it in clear, so it holds ids alone.
const contextOf = ({ keyId, version }: KeyRef, { id }: KeyContext) => ({
  purpose: "dek.v1",
  keyId,
  version,
  id,
});

function given<T>(value: T | undefined, call: string): T {
  if (value === undefined) throw serviceError(`aws-kms ${call}`, "the answer is incomplete", false);
  return value;
}
