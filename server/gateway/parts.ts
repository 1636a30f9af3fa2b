import type { ViolationLog } from "@/sdk/violations/violation-log";
import type { GatewayMeans } from "./means";
import type { GatewayMetrics } from "./metrics";
import type { OpenRequests } from "./open-requests";
import type { Gatekeeper } from "./pass";
import type { GatewaySettings } from "./settings";

/** What requests are handled with. */
export interface Parts {
  settings: GatewaySettings;
  means: GatewayMeans;
  gatekeeper: Gatekeeper;
  open: OpenRequests;
  metrics: GatewayMetrics;
  violations: ViolationLog;
  isDraining(): boolean;
}
