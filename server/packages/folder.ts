import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { longestFile, mostFiles, type PackageFiles } from "./files";
import { manifestFile } from "./manifest";
import { packageProblem } from "./problem";

/** The files of a package's folder. Hidden files and those beside manifest and migrations stay out. */
export function readFolder(folder: string): PackageFiles {
  const files: Record<string, string> = {};
  const take = (path: string) => {
    const full = join(folder, path);
    if (statSync(full).size > longestFile)
      throw packageProblem({ file: path }, `A file has at most ${longestFile} bytes.`);
    files[path] = readFileSync(full, "utf8");
  };
  if (!isThere(join(folder, manifestFile)))
    throw packageProblem(
      { file: join(folder, manifestFile) },
      "It is missing. A package is a folder with this file in it.",
    );
  take(manifestFile);
  if (!isThere(join(folder, "migrations"))) return files;
  const names = readdirSync(join(folder, "migrations")).filter((name) => !name.startsWith("."));
  if (names.length > mostFiles)
    throw packageProblem({ file: "migrations/" }, `A package has at most ${mostFiles} files.`);
  for (const name of names.toSorted()) take(`migrations/${name}`);
  return files;
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
