import type { JsonObject } from "./json.ts";

/** What a tenant lays over the defaults of a set. */
export interface Overlay {
  /** Goes up with every change; 0: nothing is laid over them, and nothing ever was. */
  version: number;
  value: JsonObject;
  /** What `load` is given next time. */
  etag: string | null;
}

/** Knows overlays. `ControlPlaneOverlays` asks Freehold; a test may keep its own. */
export interface OptionsSource {
  /**
   * The overlay, or "unchanged" when `etag` still names it. It is handed over: whoever asked may freeze it. Throws FreeholdError: `unavailable`
   * when it cannot say, `not_found` and `tenant_inactive` as they are.
   */
  load(tenant: string, name: string, etag: string | null): Promise<Overlay | "unchanged">;
  /** Calls back when a tenant's facts have changed; `null`: any tenant's may have. Gives what ends it. */
  onChange(changed: (tenant: string | null) => void): () => void;
}
