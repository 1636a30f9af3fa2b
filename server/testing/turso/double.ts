import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, onTestFinished } from "vitest";
import { z } from "zod";
import type { TenantDriver } from "@/server/drivers/driver";
import { createTursoDriver, type TursoDriverOptions } from "@/server/drivers/turso/driver";
import { Secret } from "@/server/kernel/secret";
import { createCloud, type Cloud } from "./cloud";
import { answerData } from "./data";
import { createFaults, type Answer, type Faults } from "./faults";
import { answerApi } from "./platform";

/** Turso on this machine: its platform API, and the databases behind it, each on a port of its own. */
export interface TursoDouble {
  apiUrl: string;
  cloud: Cloud;
  faults: Faults;
  close(): Promise<void>;
}

const Address = z.object({ port: z.number() });
type Handle = (incoming: IncomingMessage, body: unknown) => Promise<Answer>;

const tokenOf = ({ headers }: IncomingMessage) => headers.authorization?.replace(/^Bearer /, "") ?? "";

async function startTurso(): Promise<TursoDouble> {
  const directory = mkdtempSync(join(tmpdir(), "freehold-turso-"));
  const cloud = await createCloud(directory);
  const faults = createFaults();
  const servers: Server[] = [];
  const places = new Map<string, Promise<string>>();

  async function listen(handle: Handle): Promise<string> {
    const server = createServer((incoming, outgoing) => {
      answer(incoming, outgoing, { handle, faults }).catch(() => outgoing.destroy());
    });
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `127.0.0.1:${Address.parse(server.address()).port}`;
  }

  /** The same for a name as long as the double runs, as the host name at Turso. */
  function hostnameOf(name: string): Promise<string> {
    const place =
      places.get(name) ??
      listen((incoming, body) =>
        answerData(cloud, name, {
          method: incoming.method ?? "",
          path: incoming.url ?? "",
          token: tokenOf(incoming),
          body,
        }),
      );
    places.set(name, place);
    return place;
  }

  const api = await listen((incoming, body) => {
    const url = new URL(incoming.url ?? "", "http://localhost");
    const request = { method: incoming.method ?? "", url, token: tokenOf(incoming), body };
    return answerApi({ cloud, request, hostnameOf });
  });

  return {
    apiUrl: `http://${api}`,
    cloud,
    faults,
    async close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { handle, faults }: { handle: Handle; faults: Faults },
): Promise<void> {
  const given = await text(incoming);
  const body: unknown = given === "" ? null : JSON.parse(given);
  const answered = await faults.pass(() => handle(incoming, body));
  if (answered === "silence") return;
  outgoing.writeHead(answered.status, { "content-type": "application/json", ...answered.headers });
  outgoing.end(answered.body === undefined ? "" : JSON.stringify(answered.body));
}

/** Short enough for tests that wait for them to run out. */
const shortPatience = { requestMs: 10_000, settleMs: 10_000, slowDownMs: 2_000 };

export interface TestTurso extends TursoDouble {
  driver(options?: Partial<TursoDriverOptions>): TenantDriver;
}

/** A double of the test's own, or of the whole file where `forFile` says so, with drivers for it. */
export async function openTurso({ forFile = false } = {}): Promise<TestTurso> {
  const double = await startTurso();
  const after = forFile ? afterAll : onTestFinished;
  after(() => double.close());
  return {
    ...double,
    driver(options = {}) {
      const [apiToken = ""] = double.cloud.apiTokens;
      const driver = createTursoDriver({
        organization: double.cloud.organization,
        group: "default",
        apiToken: new Secret(apiToken),
        apiUrl: double.apiUrl,
        patience: shortPatience,
        ...options,
      });
      onTestFinished(() => driver.close());
      return driver;
    },
  };
}
