import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

const Environment = z.object({
  id: z.string(),
  slug: z.string(),
  status: z.string(),
  status_reason: z.string().default(""),
});
type Environment = z.infer<typeof Environment>;

const pauseMs = 250;

export interface District {
  organization: string;
  slug: string;
  name: string;
  isolation: "shared" | "dedicated";
  pool?: string | undefined;
}

/** Onboards districts over Freehold's REST API. */
export class Freehold {
  readonly #url: string;
  readonly #apiKey: string;

  constructor(url: string, apiKey: string) {
    this.#url = `${url.replace(/\/$/, "")}/api/v1`;
    this.#apiKey = apiKey;
  }

  /** The district's environment, active. One that is there already is taken as it is. */
  async onboard(district: District): Promise<string> {
    const path = `/organizations/${district.organization}/environments`;
    let found = (await this.#get(`${path}/${district.slug}`)) ?? (await this.#create(path, district));
    while (found.status === "provisioning") {
      await delay(pauseMs);
      found = (await this.#get(`/environments/${found.id}`)) ?? found;
    }
    if (found.status !== "active")
      throw new Error(`${found.slug} is ${found.status}. ${found.status_reason}`.trim());
    return found.id;
  }

  async #get(path: string): Promise<Environment | null> {
    const response = await this.#call("GET", path);
    return response.status === 404 ? null : Environment.parse(await bodyOf(response));
  }

  async #create(path: string, { organization: _, ...district }: District): Promise<Environment> {
    const { slug, name, isolation, pool } = district;
    const body = { slug, name, env_type: "production", isolation, pool };
    const response = await this.#call("POST", path, body);
    return z.object({ environment: Environment }).parse(await bodyOf(response)).environment;
  }

  #call(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.#apiKey}`,
      "content-type": "application/json",
      // Twice the same request makes one environment.
      ...(body ? { "idempotency-key": crypto.randomUUID() } : {}),
    };
    return fetch(this.#url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (response.ok) return body;
  const { detail } = z.object({ detail: z.string().optional() }).parse(body);
  throw new Error(detail ?? `Freehold answered ${response.status}.`);
}
