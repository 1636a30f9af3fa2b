import { randomBytes } from "node:crypto";
import { z } from "zod";
import { encrypt } from "@/server/kernel/seal/encrypt";
import { crc32c } from "@/server/kernel/seal/keys/crc32c";
import { decrypt } from "@/server/kernel/seal/keys/decrypt";
import { serveKeys, type Reply } from "./double";

const Body = z.object({
  plaintext: z.base64().optional(),
  plaintextCrc32c: z.string().optional(),
  ciphertext: z.base64().optional(),
  ciphertextCrc32c: z.string().optional(),
  additionalAuthenticatedData: z.base64().optional(),
  additionalAuthenticatedDataCrc32c: z.string().optional(),
});
type Body = z.infer<typeof Body>;

interface Key {
  name: string;
  versions: Buffer[];
}

/** Cloud KMS as its REST API shows it: keys with versions, checksums, additional data, tokens. */
export async function gcpKmsDouble() {
  const keys: Key[] = [];
  const token = randomBytes(12).toString("hex");

  const encrypted = ({ name, versions }: Key, version: number, body: Body): Reply => {
    const key = versions[version - 1];
    if (!key) return failure(404, "NOT_FOUND");
    if (!isWhole(body)) return failure(400, "INVALID_ARGUMENT");
    const plain = Buffer.from(body.plaintext ?? "", "base64");
    const bytes = Buffer.concat([Buffer.from([version]), encrypt(key, plain, aadOf(body))]);
    return {
      status: 200,
      body: {
        name: `${name}/cryptoKeyVersions/${version}`,
        ciphertext: bytes.toString("base64"),
        ciphertextCrc32c: String(crc32c(bytes)),
        verifiedPlaintextCrc32c: body.plaintextCrc32c !== undefined,
        verifiedAdditionalAuthenticatedDataCrc32c: body.additionalAuthenticatedDataCrc32c !== undefined,
      },
    };
  };
  const decrypted = ({ versions }: Key, body: Body): Reply => {
    const bytes = Buffer.from(body.ciphertext ?? "", "base64");
    const key = versions[(bytes[0] ?? 0) - 1];
    if (!key || !isWhole(body)) return failure(400, "INVALID_ARGUMENT");
    try {
      const plain = decrypt(key, bytes.subarray(1), aadOf(body));
      const usedPrimary = bytes[0] === versions.length;
      const answer = {
        plaintext: plain.toString("base64"),
        plaintextCrc32c: String(crc32c(plain)),
        usedPrimary,
      };
      return { status: 200, body: answer };
    } catch {
      return failure(400, "INVALID_ARGUMENT");
    }
  };

  const service = await serveKeys({
    throttled: failure(429, "RESOURCE_EXHAUSTED"),
    answer: ({ method, path, headers, body }) => {
      if (path === "/token") return { status: 200, body: { ...tokenAnswer, access_token: token } };
      if (headers.authorization !== `Bearer ${token}`) return failure(401, "UNAUTHENTICATED");
      const [, name, version, verb] = pathForm.exec(path) ?? [];
      const key = keys.find((one) => one.name === name);
      if (!key) return failure(404, "NOT_FOUND");
      const primary = key.versions.length;
      if (method === "GET")
        return { status: 200, body: { name, primary: { name: `${name}/cryptoKeyVersions/${primary}` } } };
      const parsed = Body.parse(JSON.parse(body));
      if (verb === "encrypt") return encrypted(key, Number(version ?? primary), parsed);
      return verb === "decrypt" ? decrypted(key, parsed) : failure(404, "NOT_FOUND");
    },
  });
  return {
    service,
    /** What GOOGLE_APPLICATION_CREDENTIALS names: an identity that is exchanged for a token here. */
    credentials: (subjectToken: string) => ({
      type: "external_account",
      audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p",
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      token_url: `http://127.0.0.1:${service.port}/token`,
      credential_source: { file: subjectToken },
    }),
    newKey() {
      const name = `projects/p/locations/europe-west3/keyRings/freehold/cryptoKeys/key-${keys.length}`;
      const versions = [randomBytes(32)];
      keys.push({ name, versions });
      return { name, rotate: () => void versions.push(randomBytes(32)) };
    },
  };
}

const tokenAnswer = {
  issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
  token_type: "Bearer",
  expires_in: 3600,
};

const pathForm =
  /^\/v1\/(projects\/.+\/cryptoKeys\/[^/:]+)(?:\/cryptoKeyVersions\/(\d+))?(?::(encrypt|decrypt))?$/;

function failure(code: number, status: string): Reply {
  return { status: code, body: { error: { code, status, message: `${status} of the double` } } };
}

const aadOf = (body: Body) => Buffer.from(body.additionalAuthenticatedData ?? "", "base64");

function isWhole(body: Body): boolean {
  const pairs = [
    [body.plaintext, body.plaintextCrc32c],
    [body.ciphertext, body.ciphertextCrc32c],
    [body.additionalAuthenticatedData, body.additionalAuthenticatedDataCrc32c],
  ];
  return pairs.every(
    ([text = "", sum]) => sum === undefined || sum === String(crc32c(Buffer.from(text, "base64"))),
  );
}
