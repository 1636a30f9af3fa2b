import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { servePage } from "./page/server";
import { setting, whenEnding } from "./settings";
import { ControlPlane } from "./stage/control-plane";
import { install, type Installation } from "./stage/installation";
import { Programs, run, untilAnswers } from "./stage/programs";
import { Stage } from "./stage/stage";
import { listenOnWire } from "./stage/wire";

const port = Number(setting("PORT"));
const login = { email: "operator@example.com", password: randomBytes(12).toString("base64url") };
const Landed = z.object({
  landing: z.object({
    service: z.string(),
    transport: z.enum(["http", "grpc", "message", "job"]),
    what: z.string(),
    tenant: z.string().nullable(),
    decidedBy: z.string().nullable(),
    refused: z.string().nullable(),
  }),
});

const directory = mkdtempSync(join(tmpdir(), "freehold-district-"));
// Root's Postgres runs as somebody else, who passes through.
chmodSync(directory, 0o711);
const ended = new AbortController();
const programs = new Programs((sentence) => void giveUp(sentence));
const closing: (() => void)[] = [];
let ending: Promise<void> | null = null;

whenEnding(end);
await start().catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error)));

async function start(): Promise<void> {
  const ports = await freePorts(9);
  const [console_ = 0, data = 0, postgres = 0, redis = 0, gateway = 0, admin = 0, ...rest] = ports;
  const [students = 0, grpc = 0, assessments = 0] = rest;
  const url = `http://localhost:${console_}`;
  programs.start({
    name: "Redis",
    command: setting("REDIS_SERVER"),
    args: ["--bind", "127.0.0.1", "--port", String(redis), "--save", "", "--dir", directory],
  });

  say("Setting up Freehold, with a data directory that ends with the example.");
  const plane = await startFreehold(url, { console: console_, data, postgres });
  say("Creating two districts and registering the services.");
  const { districts, keys } = await install(plane, "districts");

  const wire = await listenOnWire(`http://127.0.0.1:${students}`);
  closing.push(() => wire.stop());
  const stage = new Stage({
    plane,
    districts,
    gateway: `http://localhost:${gateway}`,
    studentService: `http://127.0.0.1:${students}`,
    overhear: (what) => wire.last(what),
  });
  say("Starting the gateway and the services.");
  startServices({ url, keys, stage, ports: { students, grpc, assessments, redis } });
  programs.start({
    name: "The gateway",
    command: process.execPath,
    args: [
      ["bin/freehold", "gateway", "--host", "127.0.0.1", "--port", gateway, "--admin-port", admin],
      ["--route", `/students=${wire.origin}@student-service`],
      ["--route", `/assessments=http://127.0.0.1:${assessments}@assessment-service`],
      // A host that a district has of its own must agree with the token.
      ["--preset", "residencySilo", "--shared-host", "localhost"],
      ["--grace", 0, "--drain", 1],
    ]
      .flat()
      .map(String),
    env: { FREEHOLD_URL: url, FREEHOLD_SERVICE_KEY: keys.gateway, FREEHOLD_LOG_LEVEL: "warn" },
  });
  const up = [`http://127.0.0.1:${students}/health`, `http://127.0.0.1:${assessments}/health`];
  await Promise.all(
    [...up, `http://127.0.0.1:${admin}/health/ready`].map((one) => untilAnswers(one, ended.signal)),
  );
  const page = await servePage(stage, login, port);
  closing.push(() => page.stop());
  process.stdout.write(`See requests land in their tenants at ${page.url}\n`);
}

async function startFreehold(
  url: string,
  ports: { console: number; data: number; postgres: number },
): Promise<ControlPlane> {
  const env = {
    PORT: String(ports.console),
    FREEHOLD_BASE_URL: url,
    FREEHOLD_DATA_DIR: join(directory, "freehold"),
    FREEHOLD_DATA_PORT: String(ports.data),
    FREEHOLD_POSTGRES_PORT: String(ports.postgres),
    FREEHOLD_POSTGRES_HOME: directory,
    FREEHOLD_LOG_LEVEL: "warn",
    FREEHOLD_SETUP_PASSWORD: login.password,
    // The command line keeps its login here and leaves the one of whoever runs this alone.
    XDG_CONFIG_HOME: directory,
  };
  const args = ["bin/freehold", "setup", "--email", login.email, "--organization", "Districts", "--json"];
  const set = await run({ name: "The setup", command: process.execPath, args, env });
  const { api_key: key } = z.object({ api_key: z.string() }).parse(JSON.parse(set));
  programs.start({ name: "Freehold", command: process.execPath, args: ["scripts/start.mjs"], env });
  await untilAnswers(`${url}/api/health/ready`, ended.signal);
  return new ControlPlane(url, key);
}

interface Services {
  url: string;
  keys: Installation["keys"];
  stage: Stage;
  ports: Record<"students" | "grpc" | "assessments" | "redis", number>;
}

function startServices({ url, keys, stage, ports }: Services): void {
  const args = (service: string) => [
    "--import",
    "./scripts/typescript.mjs",
    join(import.meta.dirname, service, "main.ts"),
  ];
  const onLine = (line: string) => {
    const landed = line.startsWith("{") ? Landed.safeParse(JSON.parse(line)).data : undefined;
    if (landed) stage.tell(landed.landing);
  };
  const env = (name: keyof Installation["keys"], of: number) => ({
    FREEHOLD_URL: url,
    FREEHOLD_SERVICE_KEY: keys[name],
    PORT: String(of),
  });
  programs.start({
    name: "The student service",
    command: process.execPath,
    args: args("student-service"),
    env: { ...env("student-service", ports.students), GRPC_PORT: String(ports.grpc) },
    onLine,
  });
  programs.start({
    name: "The assessment service",
    command: process.execPath,
    args: args("assessment-service"),
    env: {
      ...env("assessment-service", ports.assessments),
      STUDENTS_URL: `http://127.0.0.1:${ports.students}`,
      ENROLLMENTS_ADDRESS: `127.0.0.1:${ports.grpc}`,
      REDIS_PORT: String(ports.redis),
    },
    onLine,
  });
}

/** Ports that nothing listens on at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  for (let index = 0; index < count; index++) {
    const server = createServer().listen(0);
    await once(server, "listening");
    servers.push(server);
  }
  const ports = servers.map((server) => {
    const address = server.address();
    return address !== null && typeof address === "object" ? address.port : 0;
  });
  for (const server of servers) server.close();
  return ports;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

async function giveUp(sentence: string): Promise<void> {
  if (!ending) say(sentence);
  process.exitCode = 1;
  await end();
  process.exit(1);
}

/** Ends everything that was started, the last first. */
function end(): Promise<void> {
  ending ??= (async () => {
    ended.abort(new Error("The example ends."));
    for (const close of closing) close();
    await programs.stop();
    rmSync(directory, { recursive: true, force: true });
  })();
  return ending;
}
