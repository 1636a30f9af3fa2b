import { FreeholdError } from "../errors/freehold-error.ts";
import type { OptionsDefinition } from "./define-options.ts";
import { isJsonObject } from "./json.ts";
import type { OptionsSource, Overlay } from "./options-source.ts";

/** Whoever asks Freehold with the key of this service. */
export interface OptionsClient {
  request(
    path: string,
    request: { method?: "GET" | "PUT"; body?: unknown; etag?: string | null },
  ): Promise<{ body: string; isUnchanged: boolean; etag: string | null }>;
}

/** Whoever follows the change feed. */
export interface OptionsChanges {
  onChange(changed: (tenant: string | null) => void): () => void;
}

/** Overlays as Freehold keeps them. */
export class ControlPlaneOverlays implements OptionsSource {
  readonly #client: OptionsClient;
  readonly #changes: OptionsChanges;

  constructor(client: OptionsClient, changes: OptionsChanges) {
    this.#client = client;
    this.#changes = changes;
  }

  async load(tenant: string, name: string, etag: string | null): Promise<Overlay | "unchanged"> {
    const path = `/internal/tenants/${encodeURIComponent(tenant)}/options/${encodeURIComponent(name)}`;
    const answer = await this.#client.request(path, { etag });
    return answer.isUnchanged ? "unchanged" : overlayIn(answer, tenant, name);
  }

  onChange(changed: (tenant: string | null) => void): () => void {
    return this.#changes.onChange(changed);
  }

  /**
   * Tells Freehold what the options are, so that the console shows their fields, defaults and
   * mistakes. `schema` is a JSON Schema, such as `z.toJSONSchema(…)` gives; null: any JSON object.
   * To be called when a service starts; the same again changes nothing. Throws FreeholdError.
   */
  async publish(
    definition: Pick<OptionsDefinition<unknown>, "name" | "defaults">,
    schema: object | null,
  ): Promise<void> {
    const { name, defaults } = definition;
    await this.#client.request(`/internal/options/${encodeURIComponent(name)}`, {
      method: "PUT",
      body: { schema, defaults },
    });
  }
}

function overlayIn(answer: { body: string; etag: string | null }, tenant: string, name: string): Overlay {
  const read: unknown = parsed(answer.body);
  if (!isJsonObject(read) || read["tenant"] !== tenant || read["name"] !== name) throw unreadable();
  const { version, value } = read;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) throw unreadable();
  if (!isJsonObject(value)) throw unreadable();
  return { version, value, etag: answer.etag };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw unreadable(error);
  }
}

const unreadable = (cause?: unknown) =>
  new FreeholdError("unavailable", "What Freehold answers about options cannot be read.", { cause });
