import { createContextSigner } from "../tokens/signed-context.ts";
import { createContextVerifier, type ExpectedContext } from "../tokens/verify-context.ts";
import { digestOf } from "../tokens/body-digest.ts";
import { KeyRegister } from "./message-world.ts";

export const subject = { kind: "user", id: "u1:with a colon" };
export const body = '{"grade":1}';
export const outgoing = {
  audience: "assessments",
  method: "POST",
  path: "/grades?term=1",
  bodyDigest: digestOf(body),
};
/** What a receiver of `outgoing` expects. */
export const expected = (change: Partial<ExpectedContext> = {}): ExpectedContext => ({
  method: "POST",
  path: "/grades?term=1",
  bodyDigest: () => Promise.resolve(digestOf(body)),
  ...change,
});

/** A service "students" that signs and a service "assessments" that verifies, on one clock. */
export function contextWorld() {
  const register = new KeyRegister();
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const signer = createContextSigner({
    issuer: "students",
    register: register.register("students", { now }),
    now,
  });
  const verifier = (change = {}) =>
    createContextVerifier({
      audience: "assessments",
      trustedContexts: ["students"],
      keys: register.list,
      now,
      ...change,
    });
  return { register, clock, now, signer, verifier, verify: verifier() };
}

export const refused = { code: "unauthenticated", message: "The signed context does not verify." };
