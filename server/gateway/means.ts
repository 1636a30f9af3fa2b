import type { ResolutionPolicy } from "@/sdk/resolution/policy";
import type { ConnectionStore, TenantStore } from "@/sdk/stores/tenant-store";
import type { TokenVerifier } from "@/sdk/tokens/verify-token";
import type { TenantSender } from "@/sdk/transports/outgoing";
import type { Violation } from "@/sdk/violations/violation";

export type GatewayStore = Pick<TenantStore, "find" | "peek"> & Pick<ConnectionStore, "onChange">;

/** What a gateway knows from Freehold, through the SDK. */
export interface GatewayMeans {
  policy: ResolutionPolicy;
  store: GatewayStore;
  /** Takes tokens for this service, and those for the gateway; only those when it is for none. */
  verifierFor(audience: string | null): TokenVerifier;
  /** Signs as the gateway. */
  sender: TenantSender;
  report(violations: readonly Violation[]): Promise<void>;
  isTrustedHop(peer: string | null): boolean;
  /** Rejects until Freehold has answered and knows the gateway's key. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
