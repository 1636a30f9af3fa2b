import { exemptVerbs } from "./exempt-verbs.mjs";
import { callsByFunction, closure, importsFrom } from "./calls.mjs";
import { matches, repoPath } from "./paths.mjs";

/** A verb that opens a transaction checks the caller's permission and leaves an audit entry. */
export const verbsRule = {
  meta: { type: "problem", docs: { description: "A transaction of a verb is guarded and audited." } },
  create(context) {
    const file = repoPath(context);
    if (!matches("server/domain/*/", file) || /\.test\.ts$/.test(file)) return {};
    return {
      Program(program) {
        const guards = importsFrom(program, "@/server/kernel/authorize");
        const functions = callsByFunction(program);
        for (const { name, node } of functions.values()) {
          if (!functions.get(name).calls.has("withTransaction")) continue;
          const verbs = [name, ...callersOf(name, functions)];
          const reached = closure(verbs, functions);
          const reason = exemptVerbs[`${file}#${name}`] ?? {};
          if (!reason.guard && ![...guards].some((guard) => reached.has(guard))) {
            context.report({ node, message: `${name} opens a transaction: call a require… of server/kernel/authorize first.` });
          }
          if (!reason.audit && !appendsAudit(reached)) {
            context.report({ node, message: `${name} opens a transaction: append its audit entry in it.` });
          }
        }
      },
    };
  },
};

// These append the entry themselves, in the transaction that they are given.
const auditing = ["appendAudit", "addEnvironment"];

function appendsAudit(reached) {
  return auditing.some((name) => reached.has(name));
}

function callersOf(name, functions) {
  return [...functions.values()].filter(({ calls }) => calls.has(name)).map((caller) => caller.name);
}
