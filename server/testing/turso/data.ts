import { authorizationOf, type Cloud, type CloudDatabase } from "./cloud";
import { failed, type Answer } from "./faults";
import { runSql } from "./sql";

interface DataRequest {
  method: string;
  path: string;
  token: string;
  body: unknown;
}

const blocked = { type: "error", error: { message: "Operation was blocked", code: "BLOCKED" } };

/** Answers as a database at Turso does over the libSQL protocol. */
export async function answerData(cloud: Cloud, name: string, request: DataRequest): Promise<Answer> {
  const database = cloud.databases.get(name);
  if (!database || database.unseen.data-- > 0) return failed(404, "Namespace doesn't exist");
  if (request.method === "GET")
    return request.path === "/v3" || request.path === "/v2" ? { status: 200 } : failed(404, "not found");
  const authorization = await authorizationOf(cloud, database, request.token);
  const isBlocked = blocksReads(database);
  if (!authorization) return failed(401, "Unauthorized: the token is not valid");
  if (!/^\/v[23]\/pipeline$/.test(request.path)) return failed(404, "not found");
  if (!isBlocked) return { status: 200, body: runSql(database.path, authorization, request.body) };
  const { requests } = request.body as { requests: { type: string }[] };
  const results = requests.map(({ type }) =>
    type === "close" ? { type: "ok", response: { type: "close" } } : blocked,
  );
  return { status: 200, body: { baton: null, base_url: null, results } };
}

/** Each look brings a change that is on its way a little nearer. */
function blocksReads(database: CloudDatabase): boolean {
  const { late } = database;
  if (late && late.left-- <= 0) database.late = null;
  return (database.late?.before ?? database).blockReads;
}
