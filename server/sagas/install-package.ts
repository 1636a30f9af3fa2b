import {
  getOrderedRelease,
  recordFailedInstall,
  recordInstalled,
} from "@/server/domain/packages/record-install";
import { identityOf } from "./credential-steps";
import { defineSaga } from "./saga";

export const installPackage = defineSaga("install-package", {
  steps: {
    apply: {
      kind: "effect",
      async run(ctx) {
        const release = await getOrderedRelease(ctx.db, ctx.input);
        const driver = await ctx.drivers.of(ctx.input);
        await driver.installPackage(identityOf(ctx.input), release);
        return { detail: `${release.migrations.length} files, all in the database's journal` };
      },
    },
    look: {
      kind: "effect",
      cheap: true,
      async run(ctx) {
        const { package: name, version, checksum } = await getOrderedRelease(ctx.db, ctx.input);
        const driver = await ctx.drivers.of(ctx.input);
        const found = (await driver.listInstallations(identityOf(ctx.input))).find(
          (one) => one.package === name && one.status === "installed",
        );
        // Nobody goes on from a database that says something else than what was just done to it.
        if (found?.version !== version || found.checksum !== checksum)
          throw new Error(`The database does not say that it has ${name} ${version}.`);
        return { detail: `The database says ${version}` };
      },
    },
    record: {
      kind: "commit",
      async run(ctx, tx) {
        await recordInstalled(tx, ctx, ctx.input);
        return { detail: "Services hear of it" };
      },
    },
  },
  failed: (ctx, tx, reason) => recordFailedInstall(tx, ctx, ctx.input, reason),
});
