import { createHash } from "node:crypto";
import { engines, type Engine } from "./content";
import { manifestFile, type Manifest } from "./manifest";
import { lineAt, packageProblem } from "./problem";

/** The files of a package's folder: path, with `/` between folders, and text. */
export type PackageFiles = Readonly<Record<string, string>>;

export const mostFiles = 1_000;
export const longestFile = 256 * 1024;
const mostBytes = 768 * 1024;

const folder = "migrations/";
const fileShape = /^(\d{4})_([a-z0-9]+(?:[_-][a-z0-9]+)*)(?:\.(sqlite|postgres))?\.sql$/;

export interface SourceFile {
  /** Its name in the folder of migrations. */
  file: string;
  text: string;
}

/** One numbered step, with the file that each engine runs. */
export interface NumberedStep {
  name: string;
  sources: Record<Engine, SourceFile | null>;
}

interface Numbered extends SourceFile {
  number: number;
  name: string;
  engine: Engine | null;
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Finds the manifest's text; throws `invalid` when there is none or the package is too large. */
export function openFiles(files: PackageFiles): string {
  const entries = Object.entries(files);
  if (entries.length > mostFiles)
    throw packageProblem({ file: "." }, `A package has at most ${mostFiles} files. Begin a second package.`);
  let total = 0;
  for (const [file, text] of entries) {
    const bytes = Buffer.byteLength(text);
    total += bytes;
    if (bytes > longestFile)
      throw packageProblem(
        { file },
        `It has ${bytes} bytes; a file has at most ${longestFile}. Load large data through your service.`,
      );
    const broken = text.search(/[\0\uFEFF\uFFFD]/);
    if (broken >= 0)
      throw packageProblem(
        { file, line: lineAt(text, broken) },
        "It is not plain text. Save it as UTF-8 without a mark.",
      );
  }
  if (total > mostBytes)
    throw packageProblem({ file: "." }, `The package has ${total} bytes; it may have ${mostBytes}.`);
  const manifest = files[manifestFile];
  if (manifest === undefined)
    throw packageProblem(
      { file: manifestFile },
      "It is missing. A package is a folder with this file in it.",
    );
  return manifest;
}

/** The migrations in their order; throws `invalid` for a gap, a double, a missing variant or a stranger. */
export function arrangeMigrations(files: PackageFiles, manifest: Manifest): NumberedStep[] {
  const numbered = Object.entries(files)
    .filter(([path]) => path !== manifestFile)
    .map(([path, text]) => readName(path, text));
  const last = Math.max(0, ...numbered.map(({ number }) => number));
  if (last === 0)
    throw packageProblem(
      { file: folder },
      "There is no migration. Write the first: migrations/0001_noun.sql.",
    );
  return Array.from({ length: last }, (_, index) =>
    arrangeStep(
      index + 1,
      numbered.filter(({ number }) => number === index + 1),
      manifest,
    ),
  );
}

function readName(path: string, text: string): Numbered {
  const name = path.startsWith(folder) ? path.slice(folder.length) : "";
  const [, digits, noun, variant] = fileShape.exec(name) ?? [];
  if (digits === undefined)
    throw packageProblem(
      { file: path },
      `A package holds ${manifestFile} and migrations/NNNN_noun.sql, in lower case, and nothing else.`,
    );
  if (text.trim() === "")
    throw packageProblem({ file: path }, "It is empty. Write a statement or remove the file.");
  const engine = engines.find((known) => known === variant) ?? null;
  return { file: name, text, number: Number(digits), name: `${digits}_${noun}`, engine };
}

function arrangeStep(number: number, found: Numbered[], { engines: wanted }: Manifest): NumberedStep {
  const digits = String(number).padStart(4, "0");
  const [first] = found;
  if (!first)
    throw packageProblem(
      { file: `${folder}${digits}_…` },
      "This number is missing. Numbers go up by one from 0001.",
    );
  const stranger = found.find(({ name }) => name !== first.name);
  if (stranger)
    throw packageProblem(
      { file: folder + stranger.file },
      `${folder}${first.file} has the same number. Give the newer one the next number.`,
    );
  const shared = found.find(({ engine }) => engine === null);
  if (shared && found.length > 1)
    throw packageProblem(
      { file: folder + shared.file },
      `It is for all engines, and there is ${found.find((one) => one !== shared)?.file ?? ""} too. Keep the one or the others.`,
    );
  const sourceFor = (engine: Engine): SourceFile | null => {
    const own = found.find((one) => one.engine === engine);
    if (own && !wanted.includes(engine))
      throw packageProblem(
        { file: folder + own.file },
        `The package is not for ${engine}. Name it in "engines" or remove the file.`,
      );
    if (!wanted.includes(engine)) return null;
    const source = own ?? shared;
    if (source) return { file: source.file, text: source.text };
    throw packageProblem(
      { file: `${folder}${first.name}.${engine}.sql` },
      `It is missing: the package is for ${engine}, and ${first.file} is not.`,
    );
  };
  return { name: first.name, sources: { sqlite: sourceFor("sqlite"), postgres: sourceFor("postgres") } };
}
