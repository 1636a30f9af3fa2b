import { reconcile as compare } from "@/server/domain/findings/reconcile";
import { defineSaga } from "./saga";

export const reconcile = defineSaga("reconcile", {
  steps: {
    compare: {
      kind: "effect",
      async run(ctx) {
        const { databases, findings } = await compare(ctx);
        return { detail: `${databases} databases, ${findings} findings` };
      },
    },
  },
});
