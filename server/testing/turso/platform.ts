import { z } from "zod";
import type { Cloud, CloudDatabase } from "./cloud";
import { failed, type Answer } from "./faults";
import { createSigner, secondsOf, type Authorization, type Signer } from "./tokens";

export interface ApiRequest {
  method: string;
  url: URL;
  token: string;
  body: unknown;
}

interface Doing {
  cloud: Cloud;
  request: ApiRequest;
  /** Where the data of a name is found. */
  hostnameOf(name: string): Promise<string>;
}

const Creation = z.object({ name: z.string(), group: z.string() });
const Configuration = z.object({ block_reads: z.boolean().optional(), block_writes: z.boolean().optional() });

const done = (body?: unknown): Answer => (body === undefined ? { status: 200 } : { status: 200, body });

/** Answers as the platform API documents it, for the part that Freehold uses. */
export async function answerApi(doing: Doing): Promise<Answer> {
  const { cloud, request } = doing;
  if (!cloud.apiTokens.has(request.token)) return failed(401, `the token ${request.token} is not valid`);
  const parts = request.url.pathname.split("/").map(decodeURIComponent);
  const [, version, organizations, organization, kind, name, ...rest] = parts;
  if (version !== "v1" || organizations !== "organizations" || organization !== cloud.organization)
    return failed(404, "not found");
  const verb = `${request.method} ${rest.join("/")}`.trim();
  if (kind === "groups" && name) return answerGroup(doing, name, verb);
  if (kind !== "databases") return failed(404, "not found");
  if (!name) return request.method === "POST" ? create(doing) : list(doing);
  return answerDatabase(doing, name, verb);
}

async function answerGroup({ cloud, request }: Doing, name: string, verb: string): Promise<Answer> {
  const group = cloud.groups.get(name);
  if (!group) return failed(404, "group not found");
  if (verb === "GET")
    return done({
      group: { name, version: "0.24.33", locations: ["lhr"], primary: "lhr", archived: group.isAsleep },
    });
  return verb === "POST auth/tokens" ? mint(request, group.signer) : failed(404, "not found");
}

async function create({ cloud, request, hostnameOf }: Doing): Promise<Answer> {
  const { name, group } = Creation.parse(request.body);
  if (!/^[a-z0-9-]{1,64}$/.test(name)) return failed(422, "invalid database name");
  if (!cloud.groups.has(group)) return failed(400, "group not found");
  const taken = () => failed(409, `database with name ${name} already exists`);
  if (cloud.databases.has(name)) return taken();
  const database = await cloud.make(name, group, await hostnameOf(name));
  if (cloud.databases.has(name)) return taken();
  cloud.databases.set(name, database);
  return done({ database: { DbId: database.id, Hostname: database.hostname, Name: name } });
}

function list({ cloud, request }: Doing): Answer {
  const { searchParams } = request.url;
  const group = searchParams.get("group");
  const start = Number(searchParams.get("cursor") ?? 0);
  const limit = Number(searchParams.get("limit") ?? Number.MAX_SAFE_INTEGER);
  const all = [...cloud.databases.values()].filter((one) => group === null || one.group === group);
  const next = start + limit < all.length ? String(start + limit) : null;
  return done({ databases: all.slice(start, start + limit).map(describe), pagination: { next } });
}

const describe = (database: CloudDatabase) => ({
  Name: database.name,
  DbId: database.id,
  Hostname: database.hostname,
  group: database.group,
  block_reads: database.blockReads,
  block_writes: database.blockWrites,
  allow_attach: false,
  regions: ["lhr"],
  primaryRegion: "lhr",
  type: "logical",
  version: "0.24.33",
  sleeping: false,
});

async function answerDatabase({ cloud, request }: Doing, name: string, verb: string): Promise<Answer> {
  const database = cloud.databases.get(name);
  if (!database || database.unseen.api-- > 0)
    return failed(404, `could not find database with name ${name}: record not found`);
  switch (verb) {
    case "GET":
      return done({ database: describe(database) });
    case "DELETE":
      cloud.remove(database);
      return done({ database: name });
    case "POST auth/tokens":
      return mint(request, database.signer);
    case "POST auth/rotate":
      settleLate(cloud, database);
      database.signer = await createSigner(database.id, cloud.now);
      return done();
    case "PATCH configuration":
      return configure(cloud, database, Configuration.parse(request.body));
    case "GET usage": {
      const usage = { rows_read: 0, rows_written: 0, storage_bytes: cloud.sizeBytes(database) };
      const instances = [{ uuid: database.id, usage }];
      return done({ database: { uuid: database.id, instances, total: usage } });
    }
    default:
      return failed(404, "not found");
  }
}

/** For some requests to come, the database answers as it did before. */
function settleLate({ lag }: Cloud, database: CloudDatabase): void {
  const { signer, blockReads } = database;
  if (lag.data > 0) database.late = { left: lag.data, before: { signer, blockReads } };
}

function configure(cloud: Cloud, database: CloudDatabase, wanted: z.infer<typeof Configuration>): Answer {
  settleLate(cloud, database);
  database.blockReads = wanted.block_reads ?? database.blockReads;
  database.blockWrites = wanted.block_writes ?? database.blockWrites;
  const { blockReads: block_reads, blockWrites: block_writes } = database;
  return done({ size_limit: "0", allow_attach: false, block_reads, block_writes, delete_protection: false });
}

async function mint({ url }: ApiRequest, signer: Signer): Promise<Answer> {
  const seconds = secondsOf(url.searchParams.get("expiration") ?? "never");
  const authorization = url.searchParams.get("authorization") ?? "full-access";
  if (seconds === undefined) return failed(400, "Invalid expiration format");
  if (!isAuthorization(authorization)) return failed(400, "invalid authorization");
  return done({ jwt: await signer.sign(authorization, seconds) });
}

const isAuthorization = (text: string): text is Authorization =>
  text === "full-access" || text === "read-only";
