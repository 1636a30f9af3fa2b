import { abandonCredential } from "@/server/domain/credentials/abandon";
import { flipCredential } from "@/server/domain/credentials/flip";
import { installPending, sealPending, verifyPending } from "./pending-credential";
import { defineSaga } from "./saga";

export const rotateCredential = defineSaga("rotate-credential", {
  steps: {
    "seal-credential": { kind: "effect", run: sealPending },
    "install-credential": installPending,
    "verify-credential": { kind: "effect", cheap: true, run: verifyPending },
    flip: {
      kind: "commit",
      run: (ctx, tx) => flipCredential(tx, ctx, ctx.input),
    },
  },
  failed: (ctx, tx, reason) => abandonCredential(tx, ctx, ctx.input.credentialId, reason),
});
