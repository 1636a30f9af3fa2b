/** The local names that a program imports from one module, types left out. */
export function importsFrom(program, specifier) {
  const names = new Set();
  for (const node of program.body) {
    if (node.type !== "ImportDeclaration" || node.source.value !== specifier || node.importKind === "type")
      continue;
    for (const { local } of node.specifiers) names.add(local.name);
  }
  return names;
}

/** Every top-level function of a program by name, with the names that it calls. */
export function callsByFunction(program) {
  const functions = new Map();
  for (const statement of program.body) {
    for (const { name, node } of functionsOf(statement))
      functions.set(name, { name, node, calls: calledIn(node) });
  }
  return functions;
}

function functionsOf(statement) {
  const declaration = statement.declaration ?? statement;
  if (declaration.type === "FunctionDeclaration")
    return [{ name: declaration.id?.name ?? "default", node: declaration }];
  if (declaration.type !== "VariableDeclaration") return [];
  return declaration.declarations
    .filter(({ init }) => init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression")
    .map(({ id, init }) => ({ name: id.name, node: init }));
}

/** What `names` call, and what the functions of the same file that they call, call. */
export function closure(names, functions) {
  const reached = new Set();
  const visit = (name) => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const called of functions.get(name)?.calls ?? []) visit(called);
  };
  for (const name of names) visit(name);
  return reached;
}

function calledIn(root) {
  const names = new Set();
  walk(root, (node) => {
    if (node.type !== "CallExpression") return;
    if (node.callee.type === "Identifier") names.add(node.callee.name);
    for (const argument of node.arguments) if (argument.type === "Identifier") names.add(argument.name);
  });
  return names;
}

/** Visits a node and everything below it. */
function walk(node, visit) {
  visit(node);
  for (const key of Object.keys(node)) {
    if (key === "parent") continue;
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") walk(child, visit);
    }
  }
}
