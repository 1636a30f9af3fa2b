import { z } from "zod";
import { activateEnvironment } from "@/server/domain/environments/activate";
import { markEnvironmentFailed } from "@/server/domain/environments/mark-failed";
import { builtInClusters } from "@/server/domain/clusters/names";
import { isDomainError } from "@/server/kernel/errors";
import { open } from "@/server/kernel/seal/open";
import { boundTo, identityOf, mintSealed, SealedSecret } from "./credential-steps";
import { defineSaga, type StepContext } from "./saga";

type Context = StepContext<"provision-environment">;

const Database = z.object({ url: z.string() });
const Verified = z.object({ sizeBytes: z.number() });

/** The first credential of a database is the one that services are given. */
function firstLogin({ input }: Context) {
  const { credentialId, organizationId, environmentId, databaseId } = input;
  const scope = "readwrite" as const;
  const bound = { id: credentialId, organizationId, environmentId, databaseId, scope, generation: 1 };
  return { credentialId, audience: "services" as const, scope, expiresAt: null, bound };
}

/** Files take every login that the registry has, so there is nothing that a crash could leave half installed. */
const isFile = ({ input }: Context) => input.clusterId === builtInClusters.files;

async function installFirst(ctx: Context): Promise<void> {
  const { bound, ...login } = firstLogin(ctx);
  const { sealed } = SealedSecret.parse(ctx.results.get("seal-credential"));
  const secret = await open(sealed, boundTo(bound));
  const driver = await ctx.drivers.of(ctx.input);
  await driver.installLogin(identityOf(ctx.input), { ...login, secret });
}

export const provisionEnvironment = defineSaga("provision-environment", {
  forget: ["seal-credential"],
  steps: {
    "create-database": {
      kind: "effect",
      cheap: isFile,
      async run(ctx) {
        const driver = await ctx.drivers.of(ctx.input);
        const { url } = await driver.createDatabase(identityOf(ctx.input), () => ctx.requireLease());
        return { detail: ctx.input.databaseName, result: { url } };
      },
      async undo(ctx) {
        try {
          const driver = await ctx.drivers.of(ctx.input);
          await driver.dropDatabase(identityOf(ctx.input), () => ctx.requireLease());
        } catch (error) {
          // Another tenant's database under this name: then there is none of this tenant's to take back.
          if (!isDomainError(error) || error.code !== "conflict") throw error;
        }
      },
    },
    "verify-database": {
      kind: "effect",
      cheap: true,
      async run(ctx) {
        const driver = await ctx.drivers.of(ctx.input);
        const { schemaVersion, sizeBytes } = await driver.verifyDatabase(identityOf(ctx.input));
        return { detail: `Stamp and system schema ${schemaVersion}`, result: { sizeBytes } };
      },
    },
    "seal-credential": {
      kind: "effect",
      cheap: true,
      async run(ctx) {
        const { result } = await mintSealed(ctx, ctx.input, firstLogin(ctx));
        return { detail: `Sealed with ${result.sealed.kmsKeyId}`, result };
      },
    },
    "install-credential": {
      kind: "effect",
      owned: true,
      cheap: isFile,
      async run(ctx) {
        // Opening the secret for a place that does not take it would cost two decryptions.
        if (!isFile(ctx)) await installFirst(ctx);
        return { detail: "For services, readwrite" };
      },
      async undo(ctx) {
        const driver = await ctx.drivers.of(ctx.input);
        await driver.revokeLogin(identityOf(ctx.input), ctx.input.credentialId);
      },
    },
    activate: {
      kind: "commit",
      async run(ctx, tx) {
        await activateEnvironment(tx, ctx, {
          ...ctx.input,
          ...SealedSecret.parse(ctx.results.get("seal-credential")),
          databaseUrl: Database.parse(ctx.results.get("create-database")).url,
          sizeBytes: Verified.parse(ctx.results.get("verify-database")).sizeBytes,
        });
        return { detail: "Serves from now on" };
      },
    },
  },
  failed: (ctx, tx, reason) => markEnvironmentFailed(tx, ctx, ctx.input.environmentId, reason),
});
