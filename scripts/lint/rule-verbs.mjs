import { exemptVerbs } from "./exempt-verbs.mjs";
import { callsByFunction, closure } from "./calls.mjs";
import { matches, repoPath } from "./paths.mjs";

/** A verb that opens a transaction checks the caller's permission and leaves an audit entry. */
export const verbsRule = {
  meta: { type: "problem", docs: { description: "A transaction of a verb is guarded and audited." } },
  create(context) {
    const file = repoPath(context);
    if (!matches("server/domain/*/", file) || file.endsWith(".test.ts")) return {};
    return {
      Program(program) {
        const functions = callsByFunction(program);
        for (const { name, node, calls } of functions.values()) {
          if (!calls.has("withTransaction")) continue;
          const reached = closure([name, ...callersOf(name, functions)], functions);
          const reason = exemptVerbs[`${file}#${name}`] ?? {};
          if (!reason.guard && ![...reached].some(isGuard)) {
            context.report({
              node,
              message: `${name} opens a transaction: call a require… that checks the permission first.`,
            });
          }
          if (!reason.audit && !appendsAudit(reached)) {
            context.report({ node, message: `${name} opens a transaction: append its audit entry in it.` });
          }
        }
      },
    };
  },
};

// What state a thing must be in is not who may change it.
function isGuard(name) {
  return /^require[A-Z]/.test(name) && name !== "requireState";
}

// These append the entry themselves, in the transaction that they are given.
const auditing = ["appendAudit", "addEnvironment"];

function appendsAudit(reached) {
  return auditing.some((name) => reached.has(name));
}

function callersOf(name, functions) {
  return [...functions.values()].filter(({ calls }) => calls.has(name)).map((caller) => caller.name);
}
