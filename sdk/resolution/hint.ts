/** Where a hint comes from. Contributors add names of their own. */
export type HintSource =
  | "static"
  | "path"
  | "token"
  | "context"
  | "host"
  | "header"
  | "grpc"
  | "message"
  | "session"
  | "default"
  | (string & {});

/**
 * Something on a request, call or message that says whose it is. A hint that is present and
 * malformed is a hint: `raw` holds it as it came, all of it.
 */
export interface Hint {
  source: HintSource;
  /** As it arrived: one entry for each time it is there. Empty strings count. */
  raw: readonly string[];
  /**
   * Whether its sender is proven: a verified token or signed context, a session that the service
   * keeps itself, a header from a hop that is on the list. Only a trusted hint can decide.
   */
  trusted: boolean;
  /** What `raw` names. */
  names: "tenant" | "host";
  /** Where exactly, for people: "X-Tenant-Id", "tid", "/t/{tenant}". */
  label: string;
  /** Why it is trusted or not, for people: "verified with key k1", "10.0.0.9 is no trusted hop". */
  because: string;
  /** Said by whoever collects: it is there and cannot be read, and why. `raw` is not looked at then. */
  malformed?: string;
  /** Said by whoever collects: it is there and does not count, and why. */
  ignored?: string;
}

/** What a hint means once it is read strictly. */
export type TenantReference =
  { by: "id"; value: string } | { by: "name"; value: string } | { by: "host"; value: string };
