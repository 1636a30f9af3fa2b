import { basename, extname } from "node:path";
import { matches, ownModule, repoPath } from "./paths.mjs";

const drawers = new Set(["common", "helper", "helpers", "index", "misc", "shared", "util", "utils"]);

/** A file is named for what it holds. */
export const fileNamesRule = {
  meta: { type: "problem", docs: { description: "No drawers." } },
  create(context) {
    const file = repoPath(context);
    const stem = basename(file, extname(file)).replace(/\.(test|contract|worker|d)$/, "");
    return {
      Program(node) {
        if (drawers.has(stem))
          context.report({ node, message: `Name the file for what it holds: "${stem}" is a drawer.` });
      },
    };
  },
};

/** Names come from where they are made. */
export const noReexportRule = {
  meta: { type: "problem", docs: { description: "No barrels." } },
  create(context) {
    const file = repoPath(context);
    const report = (node) =>
      context.report({ node, message: "Import it from where it is made: no barrels." });
    return {
      ExportAllDeclaration: report,
      ExportNamedDeclaration(node) {
        if (node.source && ownModule(node.source.value, file) !== null) report(node);
      },
    };
  },
};

/** Transactions open in one place, which waits its turn and maps errors. */
export const bareTransactionRule = {
  meta: { type: "problem", docs: { description: "Transactions go through withTransaction." } },
  create(context) {
    // The transactions of services, and of the SDK for them, are their own.
    if (["examples/", "sdk/", "server/db/"].some((place) => matches(place, repoPath(context)))) return {};
    return {
      CallExpression(node) {
        const property = node.callee.type === "MemberExpression" ? node.callee.property : undefined;
        if ((property?.name ?? property?.value) === "transaction") {
          context.report({
            node,
            message: "Use withTransaction of server/db/transaction: it queues writers and maps errors.",
          });
        }
      },
    };
  },
};

/** A cast says in its name why it is safe. */
export const castsRule = {
  meta: { type: "problem", docs: { description: "Casts live in named helpers." } },
  create(context) {
    const check = (node) => {
      const isConst =
        node.typeAnnotation.type === "TSTypeReference" && node.typeAnnotation.typeName?.name === "const";
      if (isConst || isCast(node.parent) || isNamed(node)) return;
      context.report({
        node,
        message: "Find the type, or put the cast into a named helper that does nothing else.",
      });
    };
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};

function isCast(node) {
  return node.type === "TSAsExpression" || node.type === "TSTypeAssertion";
}

// Named: the whole value of a top-level constant, or somewhere in a function of one statement.
function isNamed(cast) {
  for (let node = cast.parent; node; node = node.parent) {
    if (node.type === "FunctionDeclaration") return node.body.body.length === 1;
    if (isFunctionValue(node) && isNamedValue(node)) {
      return node.body.type !== "BlockStatement" || node.body.body.length === 1;
    }
    if (node.type === "Program") return isTopLevelConstant(cast);
  }
  return false;
}

function isFunctionValue(node) {
  return node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression";
}

function isNamedValue(node) {
  return ["VariableDeclarator", "MethodDefinition", "Property"].includes(node.parent.type);
}

function isTopLevelConstant(cast) {
  return cast.parent.type === "VariableDeclarator" && cast.parent.init === cast;
}

/** A suppression says why. */
export const reasonedRule = {
  meta: { type: "problem", docs: { description: "Suppressions have reasons." } },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const isBare =
            /^\s*(ox|es)lint-disable/.test(comment.value) && !/--\s*\S+\s+\S+/.test(comment.value);
          if (isBare)
            context.report({
              loc: comment.loc,
              message: "Say why: // oxlint-disable-next-line rule -- reason.",
            });
        }
      },
    };
  },
};
