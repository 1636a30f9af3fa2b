import { createHash, createHmac, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { Secret } from "@/server/kernel/secret";

const derive = promisify(pbkdf2);
const usualIterations = 4096;
const shape = /^SCRAM-SHA-256\$(\d{1,6}):([A-Za-z0-9+/=]+)\$/;

/**
 * What Postgres stores instead of a password (RFC 5803). Sent in its place, so that the password
 * is in no statement, and so in no log or list of activity. The secret must be ASCII.
 */
export async function scramVerifier(secret: Secret): Promise<string> {
  return verifierOf(secret, randomBytes(16), usualIterations);
}

/** Whether it is this secret that Postgres asks for. */
export async function isVerifierOf(stored: string | null, secret: Secret): Promise<boolean> {
  const [, iterations, salt] = shape.exec(stored ?? "") ?? [];
  if (iterations === undefined || salt === undefined) return false;
  return stored === (await verifierOf(secret, Buffer.from(salt, "base64"), Number(iterations)));
}

async function verifierOf(secret: Secret, salt: Buffer, iterations: number): Promise<string> {
  const salted = await derive(secret.reveal(), salt, iterations, 32, "sha256");
  const hmac = (text: string) => createHmac("sha256", salted).update(text).digest();
  const storedKey = createHash("sha256").update(hmac("Client Key")).digest("base64");
  const serverKey = hmac("Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}
