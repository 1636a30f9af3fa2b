import type { JsonObject } from "../options/json.ts";
import type { OptionsSource, Overlay } from "../options/options-source.ts";

/** A control plane in memory, which counts what it is asked, and can be held up or away. */
export class OptionsRegistry implements OptionsSource {
  readonly overlays = new Map<string, { version: number; value: JsonObject }>();
  readonly asked: [tenant: string, etag: string | null][] = [];
  readonly listeners = new Set<(tenant: string | null) => void>();
  error: unknown = null;
  held: Promise<void> | null = null;

  set(tenant: string, value: JsonObject): void {
    this.overlays.set(tenant, { version: (this.overlays.get(tenant)?.version ?? 0) + 1, value });
  }

  tell(tenant: string | null): void {
    for (const changed of this.listeners) changed(tenant);
  }

  /** Asked for before it is held, answered when it is let go. */
  async load(tenant: string, _name: string, etag: string | null): Promise<Overlay | "unchanged"> {
    this.asked.push([tenant, etag]);
    const { error } = this;
    const found = this.overlays.get(tenant) ?? { version: 0, value: {} };
    await this.held;
    if (error !== null) throw error;
    const tag = `"${found.version}"`;
    return tag === etag ? "unchanged" : { ...found, value: structuredClone(found.value), etag: tag };
  }

  onChange(changed: (tenant: string | null) => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }
}
