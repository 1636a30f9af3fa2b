import { hasSqlDetails, loadModule, parseSync } from "libpg-query";
import type { Statement } from "./content";
import type { SourceFile } from "./files";
import { refusalOf, type SyntaxNode } from "./postgres-rules";
import { lineAt, packageProblem } from "./problem";

/** The statements of a file as Postgres itself splits them; throws `invalid` where it or a rule refuses one. */
export async function readPostgres({ file, text }: SourceFile, schema: string): Promise<Statement[]> {
  const path = `migrations/${file}`;
  const bytes = Buffer.from(text);
  const sliceOf = (from: number, to: number) => bytes.subarray(from, to).toString();
  return (await parse(path, text)).map(({ stmt, stmt_location: from = 0, stmt_len: length }) => {
    const whole = sliceOf(from, length ? from + length : bytes.length);
    const sql = whole.trimStart();
    const line = lineAt(text, sliceOf(0, from).length + whole.length - sql.length);
    const refusal = refusalOf(stmt, schema);
    if (refusal) throw packageProblem({ file: path, line }, refusal);
    return { sql: sql.replace(/[\s;]+$/, ""), line };
  });
}

interface Parsed {
  stmt: SyntaxNode;
  stmt_location?: number;
  stmt_len?: number;
}

/** The parser is Postgres' own, so what it gives has this shape. */
const asParsed = (value: unknown) => value as Parsed[];

async function parse(path: string, text: string): Promise<Parsed[]> {
  await loadModule();
  try {
    return asParsed(parseSync(text).stmts ?? []);
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    const line = lineAt(text, error.sqlDetails?.cursorPosition ?? 0);
    throw packageProblem({ file: path, line }, `Postgres does not understand this: ${error.message}.`);
  }
}
