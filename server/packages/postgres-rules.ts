/** A node of Postgres' syntax tree: its kind, and its fields. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

const usual = new Set([
  "CreateStmt",
  "AlterTableStmt",
  "IndexStmt",
  "ViewStmt",
  "CreateSeqStmt",
  "AlterSeqStmt",
  "CreateEnumStmt",
  "AlterEnumStmt",
  "CreateDomainStmt",
  "AlterDomainStmt",
  "CompositeTypeStmt",
  "CreateFunctionStmt",
  "CreateTrigStmt",
  "RenameStmt",
  "DropStmt",
  "CommentStmt",
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
]);

/** Why a kind of statement is refused, for those that people write. */
const reasons: Record<string, string> = {
  TransactionStmt: "every file is one transaction already",
  CreateExtensionStmt: "extensions are the operator's matter",
  GrantStmt: "who may do what is decided by credentials and their scopes",
  GrantRoleStmt: "who may do what is decided by credentials and their scopes",
  AlterDefaultPrivilegesStmt: "who may do what is decided by credentials and their scopes",
  CreateRoleStmt: "roles are Freehold's matter",
  AlterRoleStmt: "roles are Freehold's matter",
  AlterRoleSetStmt: "roles are Freehold's matter",
  DropRoleStmt: "roles are Freehold's matter",
  AlterOwnerStmt: "everything belongs to the package's owner role",
  CreatedbStmt: "databases are Freehold's matter",
  DropdbStmt: "databases are Freehold's matter",
  AlterDatabaseStmt: "databases are Freehold's matter",
  AlterDatabaseSetStmt: "databases are Freehold's matter",
  AlterSystemStmt: "the server's settings are the operator's matter",
  VariableSetStmt: "settings of the session are Freehold's",
  CopyStmt: "it reads and writes outside the database; use INSERT",
  DoStmt: "it runs code that nobody can read beforehand; write the statements",
  CreatePolicyStmt: "Freehold itself fences rows in a pool",
  AlterPolicyStmt: "Freehold itself fences rows in a pool",
  CreateSchemaStmt: "a package has one schema, which Freehold makes",
  CreateTableAsStmt: "it makes a table without keys; use CREATE TABLE and INSERT … SELECT",
  SelectStmt: "it changes nothing",
};

const dropped = new Set([
  "OBJECT_TABLE",
  "OBJECT_INDEX",
  "OBJECT_VIEW",
  "OBJECT_SEQUENCE",
  "OBJECT_TYPE",
  "OBJECT_DOMAIN",
  "OBJECT_FUNCTION",
  "OBJECT_TRIGGER",
]);

const ownership =
  /^AT_(ChangeOwner|(Enable|Disable|Force|NoForce)RowSecurity|NoForceRowSecurity|SetTableSpace|SetLogged|SetUnLogged|(Enable|Disable).*(Trig|Rule).*|AddInherit|DropInherit|SetAccessMethod)$/;
const languages = new Set(["sql", "plpgsql"]);
const reservedName = /^(sys_|pg_)/i;
/** Functions that reach out of the statement. What they do is refused in every other form too. */
const reachingOut =
  /^(set_config|pg_(read|ls|stat_file|write|terminate|cancel|reload|rotate|sleep|advisory|try_advisory|switch|create|drop|logical|replication|export).*|lo_.*|dblink.*|query_to_xml.*|cursor_to_xml.*|table_to_xml.*|database_to_xml.*|schema_to_xml.*)$/i;

/** Null when a package may contain the statement, a sentence that says why not otherwise. */
export function refusalOf(statement: SyntaxNode, schema: string): string | null {
  const [kind = "", fields] = Object.entries(statement)[0] ?? [];
  const refused = (why: string) => `This statement is refused: ${why}. Take it out.`;
  if (!usual.has(kind))
    return refused(reasons[kind] ?? `a package has no use for ${kind.replace(/Stmt$/, "")}`);
  const why = isNode(fields) ? whyOf(kind, fields) : null;
  if (why) return refused(why);
  for (const [name, node] of nodesIn(statement)) {
    const problem = problemOf(name, node, schema);
    if (problem) return problem;
  }
  return null;
}

function whyOf(kind: string, fields: SyntaxNode): string | null {
  if (kind === "IndexStmt" && fields["concurrent"]) return "CONCURRENTLY does not work in a transaction";
  if (kind === "DropStmt" && fields["concurrent"]) return "CONCURRENTLY does not work in a transaction";
  if (kind === "DropStmt" && !dropped.has(String(fields["removeType"])))
    return "a package does not make such a thing";
  if (kind === "RenameStmt" && /SCHEMA|ROLE|DATABASE|POLICY/.test(String(fields["renameType"])))
    return "roles, databases, schemas and policies are Freehold's matter";
  return null;
}

type Check = (node: SyntaxNode, schema: string) => string | null;

const foreignSchema = (found: string, schema: string) =>
  `${found} is not the package's schema. Leave the schema out: names are looked up in ${schema}.`;

const reserved = (name: unknown) =>
  typeof name === "string" && reservedName.test(name)
    ? `Names that start with sys_ or pg_ are taken. Rename ${name}.`
    : null;

const tenantColumn = (name: unknown) =>
  typeof name === "string" && name.toLowerCase() === "tenant_id"
    ? "A package has no column tenant_id: the connection says whose data it is, and in a pool Freehold adds it. Take it out."
    : null;

/** What stands last in the names of these belongs to the table before it. */
const ofTable = new Set(["OBJECT_TRIGGER", "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"]);

const namedObject =
  (type: string, objects: string): Check =>
  (node, schema) => {
    const found = node[objects];
    for (const object of Array.isArray(found) ? (found as unknown[]) : [found]) {
      const names = listed(object);
      const problem = qualified(ofTable.has(String(node[type])) ? names.slice(0, -1) : names, schema);
      if (problem) return problem;
    }
    return null;
  };

/** The parts of a name, which stand in a list or alone. */
function listed(object: unknown): string[] {
  const list = isNode(object) ? object["List"] : undefined;
  return namesIn(isNode(list) ? list["items"] : [object]);
}

const checks: Record<string, Check> = {
  DropStmt: namedObject("removeType", "objects"),
  CommentStmt: namedObject("objtype", "object"),
  ColumnDef: (node) => tenantColumn(node["colname"]),
  RenameStmt: (node) => reserved(node["newname"]) ?? tenantColumn(node["newname"]),
  IndexStmt: (node) => reserved(node["idxname"]),
  FuncCall: (node, schema) => {
    const names = namesIn(node["funcname"]);
    if (reachingOut.test(names.at(-1) ?? ""))
      return `The function ${names.join(".")} reaches out of the database. Take it out.`;
    return qualified(names, schema);
  },
  TypeName: (node, schema) => qualified(namesIn(node["names"]), schema),
  CreateFunctionStmt: (node, schema) => qualified(namesIn(node["funcname"]), schema),
  DefElem: (node) => {
    const value = node["arg"];
    if (node["defname"] === "security" && isNode(value)) {
      const found = value["Boolean"];
      if (isNode(found) && found["boolval"] === true)
        return "A function with SECURITY DEFINER has its owner's rights in everybody's hands. Leave it out.";
    }
    if (node["defname"] === "language" && !languages.has(namesIn([value])[0]?.toLowerCase() ?? ""))
      return "A function is written in sql or plpgsql; other languages need extensions.";
    return node["defname"] === "set" ? "A function sets nothing for the session. Take SET out." : null;
  },
  AlterTableCmd: (node) =>
    ownership.test(String(node["subtype"]))
      ? "Owners, row level security, triggers' standing and storage are Freehold's matter. Take it out."
      : null,
};

function problemOf(name: string, node: SyntaxNode, schema: string): string | null {
  if (typeof node["relname"] === "string") return relationProblem(node, schema);
  return checks[name]?.(node, schema) ?? null;
}

function relationProblem(node: SyntaxNode, schema: string): string | null {
  const { schemaname, catalogname, relname, relpersistence } = node;
  if (catalogname !== undefined) return "A name has no database in front of it. Take it out.";
  if (typeof schemaname === "string" && schemaname !== schema) return foreignSchema(schemaname, schema);
  if (relpersistence !== undefined && relpersistence !== "p")
    return "A temporary or unlogged table does not last. Make an ordinary one.";
  return reserved(relname);
}

/** Of `a.b` what comes first must be the package's schema, or that of Postgres itself. */
function qualified(names: string[], schema: string): string | null {
  const [first, second] = names;
  if (first === undefined || second === undefined || first === schema || first === "pg_catalog") return null;
  return foreignSchema(first, schema);
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === "object" && value !== null;

function namesIn(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const found = isNode(item) ? item["String"] : undefined;
    return isNode(found) && typeof found["sval"] === "string" ? [found["sval"]] : [];
  });
}

/** Every node below, with the name of the field or kind that it stands under. */
function* nodesIn(node: SyntaxNode): Generator<[name: string, node: SyntaxNode]> {
  for (const [name, value] of Object.entries(node)) {
    if (!isNode(value)) continue;
    if (!Array.isArray(value)) yield [name, value];
    yield* nodesIn(value);
  }
}
