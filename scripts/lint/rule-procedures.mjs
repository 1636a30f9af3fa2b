import { importsFrom } from "./calls.mjs";
import { matches, repoPath } from "./paths.mjs";

const proving = new Set(["organizationProcedure", "environmentProcedure"]);

/** A procedure starts from a named base, parses strictly and is one expression. */
export const proceduresRule = {
  meta: { type: "problem", docs: { description: "Procedures are thin and parse strictly." } },
  create(context) {
    if (!matches("server/api/routers/", repoPath(context))) return {};
    let bases = new Set();
    return {
      Program: (program) => {
        bases = importsFrom(program, "@/server/api/trpc");
      },
      CallExpression(node) {
        if (node.callee.type === "Identifier" && node.callee.name === "router")
          checkRouter(context, node, bases);
      },
    };
  },
};

function checkRouter(context, node, bases) {
  for (const property of node.arguments[0]?.properties ?? []) {
    const value = property.value ?? property.argument;
    if (value.type === "Identifier" && value.name.endsWith("Router")) continue;
    if (value.type === "CallExpression" && value.callee.name === "router") continue;
    const { root, calls } = chainOf(value);
    if (!root || !root.endsWith("Procedure") || !bases.has(root)) {
      context.report({ node: value, message: "Start from one of the base procedures of server/api/trpc." });
      continue;
    }
    if (proving.has(root) && !calls.some(({ name }) => name === "input")) {
      context.report({ node: value, message: "Parse the input with a strict schema: .input(Schema)." });
    }
    for (const call of calls) checkCall(context, call);
  }
}

function checkCall(context, { name, argument, node }) {
  if (name === "input" && !isStrictSchema(argument)) {
    context.report({
      node: argument ?? node,
      message: "Name a schema of the domain, or use z.strictObject.",
    });
  }
  const isResolver = name === "query" || name === "mutation";
  if (
    isResolver &&
    !(argument?.type === "ArrowFunctionExpression" && argument.body.type !== "BlockStatement")
  ) {
    context.report({
      node: argument ?? node,
      message: "A procedure is one expression: what it does is a verb.",
    });
  }
}

function isStrictSchema(argument) {
  if (argument?.type === "Identifier") return /^[A-Z]/.test(argument.name);
  return (
    argument?.type === "CallExpression" &&
    argument.callee.type === "MemberExpression" &&
    argument.callee.object.name === "z" &&
    argument.callee.property.name === "strictObject"
  );
}

function chainOf(node) {
  const calls = [];
  let current = node;
  while (current.type === "CallExpression" && current.callee.type === "MemberExpression") {
    calls.push({ name: current.callee.property.name, argument: current.arguments[0], node: current });
    current = current.callee.object;
  }
  return { root: current.type === "Identifier" ? current.name : null, calls };
}

/** Schemas that procedures parse with refuse unknown keys. */
export const strictSchemasRule = {
  meta: { type: "problem", docs: { description: "Input schemas refuse unknown keys." } },
  create(context) {
    if (!matches("server/domain/*/schema.ts", repoPath(context))) return {};
    return {
      MemberExpression(node) {
        const isLax = ["object", "looseObject"].includes(node.property.name);
        if (isLax && node.object.name === "z") {
          context.report({ node, message: "An input refuses unknown keys: use z.strictObject." });
        }
      },
    };
  },
};
