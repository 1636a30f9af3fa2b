import { sealedOf } from "@/server/db/sealed";
import { sealCredential } from "@/server/domain/credentials/seal";
import type { WorkContext } from "@/server/kernel/context";
import { boundTo, getPending, identityOf, loginOf, mintSealed, revealTo } from "./credential-steps";
import { open } from "@/server/kernel/seal/open";
import type { StepOutcome } from "./saga";

interface Run extends WorkContext {
  input: {
    environmentId: string;
    databaseName: string;
    clusterId: string;
    poolId: string | null;
    credentialId: string;
    reveal: { kty: "OKP"; crv: "X25519"; x: string } | null;
  };
}

/** Gives the credential its secret, once: whoever comes again finds the one that is there. */
export async function sealPending(ctx: Run): Promise<StepOutcome> {
  const row = await getPending(ctx, ctx.input.credentialId);
  const known = sealedOf(row);
  if (known) return revealed(ctx, await open(known, boundTo(row)), known.kmsKeyId);
  const { audience, scope, expiresAt } = row;
  const login = { credentialId: row.id, audience, scope, expiresAt, bound: row };
  const { secret, result } = await mintSealed(ctx, ctx.input, login);
  await sealCredential(ctx.db, row.id, result);
  return revealed(ctx, secret, result.sealed.kmsKeyId);
}

async function revealed(
  ctx: Run,
  secret: Parameters<typeof revealTo>[1],
  keyId: string,
): Promise<StepOutcome> {
  return { detail: `Sealed with ${keyId}`, result: { reveal: await revealTo(ctx.input.reveal, secret) } };
}

export const installPending = {
  kind: "effect" as const,
  owned: true as const,
  async run(ctx: Run): Promise<StepOutcome> {
    const row = await getPending(ctx, ctx.input.credentialId);
    const driver = await ctx.drivers.of(ctx.input);
    await driver.installLogin(identityOf(ctx.input), await loginOf(row));
    return { detail: `${row.name}, ${row.scope}` };
  },
  async undo(ctx: Run): Promise<void> {
    const driver = await ctx.drivers.of(ctx.input);
    // Where one login cannot be ended by itself, ending this one would end those that work.
    if (driver.revokes === "one") await driver.revokeLogin(identityOf(ctx.input), ctx.input.credentialId);
  },
};

export async function verifyPending(ctx: Run): Promise<StepOutcome> {
  const row = await getPending(ctx, ctx.input.credentialId);
  const driver = await ctx.drivers.of(ctx.input);
  await driver.verifyLogin(identityOf(ctx.input), await loginOf(row));
  return { detail: "It opens the right database" };
}
