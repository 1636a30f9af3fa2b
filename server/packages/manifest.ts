import { z } from "zod";
import { engines } from "./content";
import { packageProblem } from "./problem";
import { isVersion } from "./version";

export const manifestFile = "freehold.package.json";

/** Kinds of personal or secret data, which decide how a column is masked in a copy. */
export const dataClasses = [
  "name",
  "email",
  "phone",
  "address",
  "birth_date",
  "identifier",
  "health",
  "financial",
  "free_text",
  "secret",
] as const;

const packageName = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*){1,9}$/;
const takenSchemas = /^(pg_.*|sys_.*|sqlite_.*|public|freehold|app|information_schema|main|temp)$/;
const identifier = /^[a-z_][a-z0-9_]*$/;

const Identifier = z
  .string()
  .max(60, "A name in the database has at most 60 characters.")
  .regex(identifier, "Write it in lower case: letters, digits and underscores.");

/** `com.example.students`. */
const PackageName = z
  .string()
  .min(3, "A package's name has at least 3 characters.")
  .max(200, "A package's name has at most 200 characters.")
  .regex(packageName, "A package is named in reverse-domain form, such as com.example.students.")
  .refine((name) => !name.startsWith("freehold."), "Names that start with freehold. are Freehold's own.");

/** `1.4.0`. */
const PackageVersion = z
  .string()
  .max(100)
  .refine(isVersion, "A version is a semantic one, such as 1.4.0 or 2.0.0-rc.1, without build metadata.");

export const Manifest = z.strictObject({
  $schema: z.string().max(500).optional(),
  name: PackageName,
  version: PackageVersion,
  schema: Identifier.refine(
    (schema) => !takenSchemas.test(schema),
    "This name is taken by the database or by Freehold. Name the schema after your service.",
  ),
  owner: z.string().trim().min(1, "Name the service that owns the package.").max(200),
  description: z.string().trim().max(2_000).default(""),
  engines: z
    .array(z.enum(engines, "An engine is sqlite or postgres."))
    .min(1, "Name at least one engine: sqlite or postgres.")
    .refine((named) => new Set(named).size === named.length, "Name each engine once.")
    .default(["sqlite", "postgres"]),
  tables: z
    .strictObject({ reference: z.array(Identifier).max(1_000).default([]) })
    .default({ reference: [] }),
  data: z.record(Identifier, z.record(Identifier, z.enum(dataClasses))).default({}),
});
export type Manifest = z.infer<typeof Manifest>;

/** Reads the manifest; throws `invalid` for the first thing that is wrong with it. */
export function readManifest(text: string): Manifest {
  const parsed = Manifest.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  throw packageProblem(
    { file: manifestFile },
    issue?.code === "unrecognized_keys"
      ? `${issue.keys.map((key) => `"${key}"`).join(", ")} is not known${path ? ` in "${path}"` : ""}. Take it out, or look for a spelling mistake.`
      : `${path ? `"${path}": ` : ""}${issue?.message ?? "It is not a manifest."}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw packageProblem({ file: manifestFile }, `It is not JSON: ${reason}.`);
  }
}
