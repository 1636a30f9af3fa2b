import { DomainError } from "@/server/kernel/errors";
import { rewrapSealed } from "./rewrap-sealed";
import { defineSaga } from "./saga";

export const rewrapCredentials = defineSaga("rewrap-credentials", {
  steps: {
    rewrap: {
      kind: "effect",
      async run(ctx) {
        const { rewrapped, current, failed } = await rewrapSealed(ctx.db);
        const [first] = failed;
        if (first)
          throw new DomainError(
            "precondition",
            `${failed.length} of ${rewrapped + current + failed.length} cannot be opened, such as ${first.kind} ${first.id}.`,
          );
        return { detail: `${rewrapped} re-wrapped, ${current} were on the current key` };
      },
    },
  },
});
