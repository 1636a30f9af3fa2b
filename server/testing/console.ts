import { eq } from "drizzle-orm";
import { setting } from "@/drizzle/control/schema/settings";
import { user } from "@/drizzle/control/schema/people";
import { handleTrpc } from "@/server/api/handler";
import { handleAuth } from "@/server/auth/handler";
import { controlDb, type Db } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { createDataPlane } from "@/server/drivers/data-plane";
import { processDrivers } from "@/server/sagas/process-drivers";
import { env } from "@/server/kernel/env";
import { masterSecret } from "@/server/kernel/master-secret";
import { singleton } from "@/server/kernel/singleton";
import { startWorker, type Worker } from "@/server/sagas/worker";

export const password = "correct horse battery";

export interface SignedUp {
  id: string;
  email: string;
  name: string;
  /** What the browser sends back. */
  cookie: string;
}

export interface Answer {
  status: number;
  /** The call's result, or undefined when it was refused. */
  value: unknown;
  error: { code: string; message: string; fields: unknown[]; requestId: string | null } | undefined;
  text: string;
}

/** The console as a browser meets it: the doors of this process, with its control plane and a worker. */
export interface Console {
  db: Db;
  worker: Worker;
  signUp(name: string, headers?: Record<string, string>): Promise<SignedUp>;
  auth(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>;
  call(
    who: Record<string, string>,
    path: string,
    input: unknown,
    kind?: "query" | "mutation",
  ): Promise<Answer>;
  end(): Promise<void>;
}

export const origin = () => env().baseUrl;

/** The headers of a browser on the console's own page. */
export const browser = (cookie?: string): Record<string, string> => ({
  origin: origin(),
  "sec-fetch-site": "same-origin",
  ...(cookie ? { cookie } : {}),
});

export async function openConsole(): Promise<Console> {
  masterSecret();
  const db = await controlDb();
  await prepareControlPlane(db);
  await db.insert(setting).values({ key: "recovery_days", value: 0, updatedAt: new Date() });
  const drivers = processDrivers(db);
  singleton("data-plane", () => createDataPlane(drivers));
  const worker = startWorker({ db, drivers });
  return {
    db,
    worker,
    auth,
    call,
    signUp: (name, headers) => signUp(db, name, headers),
    async end() {
      await worker.stop();
      db.$client.close();
    },
  };
}

let people = 0;

async function signUp(db: Db, name: string, headers: Record<string, string> = {}): Promise<SignedUp> {
  const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, "")}-${people++}@example.test`;
  const response = await auth("POST", "/sign-up/email", { body: { name, email, password }, headers });
  if (!response.ok) throw new Error(`Sign-up of ${name} was refused: ${await response.text()}`);
  const [row] = await db.select().from(user).where(eq(user.email, email));
  if (!row) throw new Error(`${name} has no account.`);
  return { id: row.id, email, name, cookie: cookieOf(response) };
}

/** The cookies that a response sets, as the browser returns them. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0] ?? "")
    .join("; ");
}

function auth(
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Response> {
  const body = options.body === undefined ? {} : { body: JSON.stringify(options.body) };
  const headers = { ...browser(), "content-type": "application/json", ...options.headers };
  return handleAuth(new Request(`${origin()}/api/auth${path}`, { method, headers, ...body }));
}

async function call(
  who: Record<string, string>,
  path: string,
  input: unknown,
  kind: "query" | "mutation" = "query",
): Promise<Answer> {
  const address = `${origin()}/api/trpc/${path}`;
  const json = JSON.stringify({ json: input });
  const request =
    kind === "query"
      ? new Request(`${address}?input=${encodeURIComponent(json)}`, { headers: who })
      : new Request(address, {
          method: "POST",
          body: json,
          headers: { "content-type": "application/json", ...who },
        });
  return readAnswer(await handleTrpc(request));
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = parse(text) as
    { result?: { data?: { json?: unknown } }; error?: { json?: { data?: Answer["error"] } } } | undefined;
  return { status: response.status, value: body?.result?.data?.json, error: body?.error?.json?.data, text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
