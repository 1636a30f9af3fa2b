import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { encrypt } from "@/server/kernel/seal/encrypt";
import { decrypt } from "@/server/kernel/seal/keys/decrypt";
import { lengthPrefixed } from "@/server/kernel/seal/length-prefixed";
import { serveKeys, type Reply } from "./double";

const Input = z.object({
  KeyId: z.string().optional(),
  Plaintext: z.base64().optional(),
  CiphertextBlob: z.base64().optional(),
  EncryptionContext: z.record(z.string(), z.string().min(1)).optional(),
  SourceKeyId: z.string().optional(),
  SourceEncryptionContext: z.record(z.string(), z.string().min(1)).optional(),
  DestinationKeyId: z.string().optional(),
  DestinationEncryptionContext: z.record(z.string(), z.string().min(1)).optional(),
});
type Input = z.infer<typeof Input>;
type Context = Record<string, string> | undefined;

const arnLength = `arn:aws:kms:eu-central-1:111122223333:key/`.length + 36;

/** AWS KMS as its JSON protocol shows it: symmetric keys, an alias, encryption contexts. */
export async function awsKmsDouble() {
  const keys = new Map<string, Buffer>();
  const aliases = new Map<string, string>();
  const contexts: Context[] = [];

  const newKey = () => {
    const [a, b, c, d, e] = [4, 2, 2, 2, 6].map((bytes) => randomBytes(bytes).toString("hex"));
    const arn = `arn:aws:kms:eu-central-1:111122223333:key/${a}-${b}-${c}-${d}-${e}`;
    keys.set(arn, randomBytes(32));
    return arn;
  };
  const find = (id: string | undefined) => {
    const arn = aliases.get(id ?? "") ?? id ?? "";
    const key = keys.get(arn);
    if (!key) throw new Fault("NotFoundException");
    return { arn, key };
  };
  const seal = (id: string | undefined, plain: Buffer, context: Context) => {
    contexts.push(context);
    const { arn, key } = find(id);
    const blob = Buffer.concat([Buffer.from(arn), encrypt(key, plain, aadOf(context))]);
    return { arn, blob: blob.toString("base64") };
  };
  const open = (id: string | undefined, text: string | undefined, context: Context) => {
    const blob = Buffer.from(text ?? "", "base64");
    const arn = blob.subarray(0, arnLength).toString();
    const key = keys.get(arn);
    if (!key) throw new Fault("InvalidCiphertextException");
    if (id !== undefined && find(id).arn !== arn) throw new Fault("IncorrectKeyException");
    try {
      return { arn, plain: decrypt(key, blob.subarray(arnLength), aadOf(context)) };
    } catch {
      throw new Fault("InvalidCiphertextException");
    }
  };
  const calls: Record<string, (input: Input) => unknown> = {
    DescribeKey: ({ KeyId }) => ({
      KeyMetadata: { Arn: find(KeyId).arn, KeyId: find(KeyId).arn.split("/").at(-1), Enabled: true },
    }),
    Encrypt: ({ KeyId, Plaintext = "", EncryptionContext }) => {
      const { arn, blob } = seal(KeyId, Buffer.from(Plaintext, "base64"), EncryptionContext);
      return { CiphertextBlob: blob, KeyId: arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
    },
    Decrypt: ({ KeyId, CiphertextBlob, EncryptionContext }) => {
      const { arn, plain } = open(KeyId, CiphertextBlob, EncryptionContext);
      return { Plaintext: plain.toString("base64"), KeyId: arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
    },
    ReEncrypt: (input) => {
      const { arn, plain } = open(input.SourceKeyId, input.CiphertextBlob, input.SourceEncryptionContext);
      const fresh = seal(input.DestinationKeyId, plain, input.DestinationEncryptionContext);
      return { CiphertextBlob: fresh.blob, SourceKeyId: arn, KeyId: fresh.arn };
    },
  };

  const service = await serveKeys({
    throttled: failure("ThrottlingException"),
    answer: ({ headers, body }) => {
      if (!headers.authorization?.startsWith("AWS4-HMAC-SHA256 "))
        return failure("MissingAuthenticationToken");
      const call = calls[String(headers["x-amz-target"]).replace("TrentService.", "")];
      if (!call) return failure("UnknownOperationException");
      try {
        const input = Input.safeParse(JSON.parse(body));
        return input.success ? { status: 200, body: call(input.data) } : failure("ValidationException");
      } catch (error) {
        if (error instanceof Fault) return failure(error.message);
        throw error;
      }
    },
  });
  return {
    service,
    newKey,
    setAlias: (alias: string, arn: string) => void aliases.set(alias, arn),
    /** The encryption contexts that came, which AWS writes into its log in clear. */
    contexts,
  };
}

class Fault extends Error {}

function failure(type: string): Reply {
  return { status: 400, body: { __type: type, message: `${type} of the double` } };
}

function aadOf(context: Context): Buffer {
  const pairs = Object.entries(context ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(lengthPrefixed(pairs.flat())).digest();
}
