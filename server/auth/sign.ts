import { SignJWT, type JWTPayload } from "jose";
import { env } from "@/server/kernel/env";
import { singleton } from "@/server/kernel/singleton";
import { auth, type Auth } from "./auth";

type SigningKey = Awaited<ReturnType<Auth["api"]["signingKey"]>>;

/** For so long a process signs with the same key before it looks which one signs. */
const keptMs = 60_000;

const keeper = () =>
  singleton("signing-key", (): { until: number; key: Promise<SigningKey> | null } => ({
    until: 0,
    key: null,
  }));

/** A compact JWS of these claims and our issuer, under the key that signs at the moment. */
export async function sign(typ: "at+jwt" | "freehold-entry+jwt", claims: JWTPayload): Promise<string> {
  const key = await signingKey();
  if (!key) throw new Error("The JWT plugin signs elsewhere.");
  return new SignJWT({ iss: env().baseUrl, ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ })
    .sign(key.privateKey);
}

/** The public halves of everything that may have signed what is still alive. */
export async function publicKeys() {
  const { keys } = await (await auth()).api.getJwks();
  return { keys: keys.map((key) => ({ ...key, use: "sig" })) };
}

async function signingKey(): Promise<SigningKey> {
  const kept = keeper();
  if (kept.key && Date.now() < kept.until) return kept.key;
  const asking = auth().then(({ api }) => api.signingKey());
  kept.key = asking;
  kept.until = Date.now() + keptMs;
  try {
    return await asking;
  } catch (error) {
    if (kept.key === asking) kept.key = null;
    throw error;
  }
}
