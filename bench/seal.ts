import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Secret } from "@/server/kernel/secret";
import { envKeys } from "@/server/kernel/seal/keys/env-keyring";
import { createOpener } from "@/server/kernel/seal/open";
import { createSealer } from "@/server/kernel/seal/seal";
import { interleave, judge, of, type Result } from "./measure";
import { newCredential } from "@/server/testing/sealed-rows";

// Two ciphers instead of one, a random key, two lists of bound fields and base64url.
const goal = 6;
const callsPerSample = 500;
const text = "postgres://e_0193a5:correct-horse-battery-staple@db.example.com:5432/env_0193a5";

/** One AES-256-GCM of the same bytes, there and back, as bare as Node has it. */
function bare() {
  const [key, iv, plain] = [randomBytes(32), randomBytes(12), Buffer.from(text)];
  const encrypt = () => {
    const cipher = createCipheriv("aes-256-gcm", key, randomBytes(12), { authTagLength: 16 });
    return [cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  };
  const fixed = createCipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
  const body = Buffer.concat([fixed.update(plain), fixed.final()]);
  const tag = fixed.getAuthTag();
  const decrypt = () => {
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
    decipher.setAuthTag(tag);
    return [decipher.update(body), decipher.final()];
  };
  return { encrypt, decrypt };
}

/** Sealing, opening and re-wrapping with a keyring in this process. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 10 : 60;
  const [first, second] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
  const old = envKeys(new Secret(`v1:${first}`));
  const keys = envKeys(new Secret(`v1:${first},v2:${second}`));
  const [sealer, opener] = [createSealer(keys), createOpener(keys)];
  const boundTo = newCredential();
  const secret = new Secret(text);
  const [sealed, stale] = [await sealer.seal(secret, boundTo), await createSealer(old).seal(secret, boundTo)];
  const { encrypt, decrypt } = bare();
  const repeat = (call: () => unknown) => async () => {
    for (let turn = 0; turn < callsPerSample; turn++) await call();
  };
  const measured = await interleave(
    [
      { name: "encrypt", run: repeat(encrypt) },
      { name: "decrypt", run: repeat(decrypt) },
      { name: "seal", run: repeat(() => sealer.seal(secret, boundTo)) },
      { name: "open", run: repeat(() => opener.open(sealed, boundTo)) },
      { name: "rewrap", run: repeat(() => opener.rewrap(stale, boundTo)) },
    ],
    { rounds, warmup: 3 },
  );
  const microseconds = (name: string) => (of(measured, name).p50 / callsPerSample) * 1000;
  const perSecond = (name: string) => Math.round(1e6 / microseconds(name));
  const [value, limit] = [microseconds("seal"), microseconds("encrypt")];
  return judge({
    metric: "one seal p50 (µs)",
    value,
    limit,
    goal,
    conditions: {
      rounds,
      calls_per_sample: callsPerSample,
      bytes: Buffer.byteLength(text),
      seal_per_second: perSecond("seal"),
      open_per_second: perSecond("open"),
      rewrap_per_second: perSecond("rewrap"),
      bare_encrypt_per_second: perSecond("encrypt"),
      bare_decrypt_per_second: perSecond("decrypt"),
      reference: "one bare AES-256-GCM of the same bytes",
    },
  });
}
