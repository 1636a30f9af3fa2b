import { z } from "zod";
import { Refusal } from "./refusal";

/** Where a tenant lives and how to get in, as Freehold answers it. */
const Home = z.object({
  tenant: z.string(),
  isolation: z.enum(["dedicated", "shared"]),
  driver: z.enum(["sqlite", "turso", "postgres"]),
  url: z.string(),
  credential: z.object({ username: z.string().nullable(), secret: z.string() }),
  context: z.object({ credential_id: z.string(), key: z.string() }).nullable(),
  epoch: z.number(),
  max_age_seconds: z.number(),
});
export type Home = z.infer<typeof Home>;

const Changes = z.object({
  changes: z.array(z.object({ tenant: z.string(), epoch: z.number() })),
  next: z.number(),
  reset: z.boolean(),
});

const patienceMs = 5_000;
const waitSeconds = 25;

/** The part of Freehold that services ask. */
export class Catalog {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor({ url, serviceKey }: { url: string; serviceKey: string }) {
    this.#url = url.replace(/\/$/, "");
    this.#headers = { authorization: `Bearer ${serviceKey}` };
  }

  /** The tenant's home; null when it is still what `etag` stands for. Throws Refusal. */
  async find(tenant: string, etag: string | null): Promise<{ home: Home; etag: string } | null> {
    const response = await fetch(`${this.#url}/internal/tenants/${tenant}/db-info`, {
      headers: { ...this.#headers, ...(etag ? { "if-none-match": etag } : {}) },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.status === 304) return null;
    if (response.ok)
      return { home: Home.parse(await response.json()), etag: response.headers.get("etag") ?? "" };
    throw await refusalOf(response);
  }

  /** Which tenants changed after `since`; waits for the first of them. */
  async changes(since: number | null, signal: AbortSignal): Promise<z.infer<typeof Changes>> {
    const query = since === null ? "wait=0" : `since=${since}&wait=${waitSeconds}`;
    const response = await fetch(`${this.#url}/internal/tenants/changes?${query}`, {
      headers: this.#headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(waitSeconds * 1000 + patienceMs)]),
    });
    if (!response.ok) throw await refusalOf(response);
    return Changes.parse(await response.json());
  }
}

const Problem = z.object({ code: z.string(), detail: z.string().optional() });

async function refusalOf(response: Response): Promise<Error> {
  const problem = Problem.safeParse(await response.json().catch(() => null));
  const { code = "", detail = "" } = problem.data ?? {};
  if (code === "not_found") return new Refusal(404, "There is no such tenant.");
  if (code === "tenant_inactive") return new Refusal(409, detail || "The tenant is not active.");
  return new Error(`Freehold answered ${response.status} ${code} ${detail}`.trim());
}
