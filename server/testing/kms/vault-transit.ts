import { randomBytes } from "node:crypto";
import { z } from "zod";
import { encrypt } from "@/server/kernel/seal/encrypt";
import { decrypt } from "@/server/kernel/seal/keys/decrypt";
import { serveKeys, type Reply } from "./double";

const Body = z.object({
  plaintext: z.base64().optional(),
  ciphertext: z.string().optional(),
  associated_data: z.base64().optional(),
  key_version: z.int().min(0).optional(),
});
type Body = z.infer<typeof Body>;

/** Vault's transit engine: one aes256-gcm96 key with versions, behind a token. */
export async function vaultTransitDouble() {
  const [mount, name, token] = ["team/transit", "freehold", randomBytes(12).toString("hex")];
  const versions = [randomBytes(32)];

  const encrypted = (body: Body): Reply => {
    const version = body.key_version || versions.length;
    const key = versions[version - 1];
    if (!key) return failure(400, "requested version for encryption is higher than the latest key version");
    const bytes = encrypt(key, Buffer.from(body.plaintext ?? "", "base64"), aadOf(body));
    return {
      status: 200,
      body: { data: { ciphertext: `vault:v${version}:${bytes.toString("base64")}`, key_version: version } },
    };
  };
  const decrypted = (body: Body): Reply => {
    const [, version, text] = /^vault:v(\d+):(.*)$/.exec(body.ciphertext ?? "") ?? [];
    const key = versions[Number(version) - 1];
    if (!key || text === undefined) return failure(400, "invalid ciphertext: no prefix");
    try {
      const plain = decrypt(key, Buffer.from(text, "base64"), aadOf(body));
      return { status: 200, body: { data: { plaintext: plain.toString("base64") } } };
    } catch {
      return failure(400, "cipher: message authentication failed");
    }
  };

  const service = await serveKeys({
    throttled: failure(429, "rate limit exceeded"),
    answer: ({ method, path, headers, body }) => {
      if (headers["x-vault-token"] !== token) return failure(403, "permission denied");
      if (method === "GET" && path === `/v1/${mount}/keys/${name}`)
        return {
          status: 200,
          body: { data: { name, type: "aes256-gcm96", latest_version: versions.length } },
        };
      if (method === "POST" && path === `/v1/${mount}/encrypt/${name}`)
        return encrypted(Body.parse(JSON.parse(body)));
      if (method === "POST" && path === `/v1/${mount}/decrypt/${name}`)
        return decrypted(Body.parse(JSON.parse(body)));
      return failure(404, "no handler for route");
    },
  });
  return { service, key: `${mount}/${name}`, token, rotate: () => void versions.push(randomBytes(32)) };
}

function failure(status: number, sentence: string): Reply {
  return { status, body: { errors: [sentence] } };
}

const aadOf = (body: Body) => Buffer.from(body.associated_data ?? "", "base64");
