import { ImportGraph } from "./circles.mjs";
import { repoPath } from "./paths.mjs";

let graph;

/** Files that know each other are one file in two places, whether they know values or types. */
export const circlesRule = {
  meta: { type: "problem", docs: { description: "Imports run one way." } },
  create(context) {
    graph ??= new ImportGraph(context.cwd);
    const file = repoPath(context);
    const circle = graph.circleOf(file);
    if (circle.size === 1) return {};
    const check = ({ source }) => {
      if (typeof source?.value !== "string" || !circle.has(graph.resolve(source.value, file))) return;
      const message = `A circle of imports: ${[...circle].join(", ")}. Move what they share to where it belongs.`;
      context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      TSImportType: (node) => check({ source: node.source ?? node.argument }),
    };
  },
};
