import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import next from "next";
import { type Served } from "../testing/http-scene.ts";
import type { HttpWorld } from "../testing/http-world.ts";
import { listen } from "../testing/listening.ts";
import { testHttpTransport } from "./transports.contract.ts";

declare global {
  /** What the routes of the app resolve with: they are compiled apart, and run in this process. */
  var httpWorld: HttpWorld | undefined;
}

const routes = `
import { createTenantRoutes } from "../../sdk/transports/next.ts";
import { FreeholdError } from "../../sdk/errors/freehold-error.ts";

export const route = createTenantRoutes({ resolve: (incoming) => globalThis.httpWorld.resolver.resolve(incoming) });

export const whoami = route((request, { tenant }) =>
  Response.json({ tenant: tenant.tenant, decidedBy: tenant.decidedBy, authenticated: tenant.authenticated }));

export const echo = route(async (request, { tenant }) => {
  const body = await request.json();
  await new Promise(setImmediate);
  return Response.json({ tenant: tenant.tenant, body });
});

export const upload = route(async (request, { tenant }) =>
  Response.json({ tenant: tenant.tenant, length: (await request.arrayBuffer()).byteLength }));

export const download = route(() => {
  let index = 0;
  return new Response(new ReadableStream({
    pull(controller) {
      if (index === 64) controller.close();
      else controller.enqueue(new Uint8Array(4096).fill(index++));
    },
  }));
});

export const fails = route(() => {
  throw new Error("The password is hunter2.");
});

export const refuses = route(() => {
  throw new FreeholdError("schema_too_old", "The schema is too old.");
});

export const named = route(async (request, { params, tenant }) =>
  Response.json({ tenant: tenant.tenant, decidedBy: tenant.decidedBy, named: (await params).tenant }));
`;

const all = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];
const paths: Record<string, [path: string, methods: readonly string[]]> = {
  whoami: ["whoami", all],
  named: ["t/[tenant]/whoami", all],
  echo: ["echo", ["POST"]],
  upload: ["upload", ["POST"]],
  download: ["download", ["GET"]],
  fails: ["fails", ["GET"]],
  refuses: ["refuses", ["GET"]],
};

/** An app of its own below the sources, with a route for each of them. */
async function writeApp(): Promise<string> {
  const parent = resolve(".cache");
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, "next-"));
  const config = { logging: false, devIndicators: false, turbopack: { root: resolve(".") } };
  await writeFile(join(directory, "next.config.mjs"), `export default ${JSON.stringify(config)};`);
  await writeFile(join(directory, "routes.js"), routes);
  // Without one of its own the app would start with that of the sources above it.
  await writeFile(join(directory, "instrumentation.js"), "export function register() {}");
  for (const [name, [path, methods]] of Object.entries(paths)) {
    const folder = join(directory, "app", path);
    await mkdir(folder, { recursive: true });
    const up = "../".repeat(path.split("/").length + 1);
    const exported = methods.map((method) => `export { ${name} as ${method} } from "${up}routes.js";`);
    await writeFile(join(folder, "route.js"), exported.join("\n"));
  }
  return directory;
}

async function start(world: HttpWorld): Promise<Served> {
  globalThis.httpWorld = world;
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const dir = await writeApp();
  const app = next({
    dev: true,
    dir,

    hostname: "127.0.0.1",
    port: 0,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const { port, close } = await listen(createServer((request, response) => void handle(request, response)));
  return {
    port,
    mishaps: [],
    async close() {
      await close();
      await app.close();
      // Next may be writing what it compiled last.
      await rm(dir, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

testHttpTransport("Next", start, { seesPeer: false, seesLines: false });
