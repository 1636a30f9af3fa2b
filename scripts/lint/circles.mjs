import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownModule } from "./paths.mjs";

// Declarations, `import()` and imports of types alike: each is one file that knows another.
const imported = /\b(?:from|import)\s*\(?\s*"([@.][^"\n]*)"/g;

/** Who imports whom in the tree below `root`, read as far as it is asked about. */
export class ImportGraph {
  #root;
  #order = new Map();
  #path = [];
  #circles = new Map();

  constructor(root) {
    this.#root = root;
  }

  /** The file that a specifier in `file` means, or undefined where it is none of ours. */
  resolve(specifier, file) {
    const bare = ownModule(specifier, file);
    if (bare === null) return undefined;
    return [`${bare}.ts`, `${bare}.tsx`, `${bare}.mjs`].find((path) => existsSync(join(this.#root, path)));
  }

  /** The files that import `file` and are imported by it, by whatever way; it is one of them. */
  circleOf(file) {
    if (!this.#circles.has(file)) this.#visit(file);
    return this.#circles.get(file);
  }

  // Tarjan's strongly connected components. Answers the earliest file on the path that `file` leads back to.
  #visit(file) {
    const place = this.#order.size;
    this.#order.set(file, place);
    this.#path.push(file);
    let earliest = place;
    for (const next of this.#importsOf(file)) {
      if (this.#circles.has(next)) continue;
      earliest = Math.min(earliest, this.#order.get(next) ?? this.#visit(next));
    }
    if (earliest === place) {
      const circle = new Set(this.#path.splice(this.#path.indexOf(file)));
      for (const one of circle) this.#circles.set(one, circle);
    }
    return earliest;
  }

  #importsOf(file) {
    const text = readFileSync(join(this.#root, file), "utf8");
    const targets = text.matchAll(imported).map(([, specifier]) => this.resolve(specifier, file));
    return new Set(targets.filter((target) => target !== undefined && target !== file));
  }
}
