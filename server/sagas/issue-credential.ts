import { activateCredential } from "@/server/domain/credentials/activate";
import { abandonCredential } from "@/server/domain/credentials/abandon";
import { installPending, sealPending, verifyPending } from "./pending-credential";
import { defineSaga } from "./saga";

export const issueCredential = defineSaga("issue-credential", {
  steps: {
    "seal-credential": { kind: "effect", run: sealPending },
    "install-credential": installPending,
    "verify-credential": { kind: "effect", cheap: true, run: verifyPending },
    "activate-credential": {
      kind: "commit",
      run: (ctx, tx) => activateCredential(tx, ctx, ctx.input.credentialId),
    },
  },
  failed: (ctx, tx, reason) => abandonCredential(tx, ctx, ctx.input.credentialId, reason),
});
