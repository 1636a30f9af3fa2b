import type { Db } from "@/server/db/client";
import type { EnvironmentStatus, EnvironmentType } from "@/server/domain/environments/names";
import type { Drivers } from "@/server/drivers/registry";
import type { EnvironmentId, OrganizationId, UserId } from "./ids";
import type { EnvironmentRole, OrganizationRole } from "./roles";

/** Who did it, as the audit trail and operations record it. */
export type Actor =
  | { kind: "user"; id: string; label: string }
  | { kind: "api_key"; id: string; label: string }
  | { kind: "system"; id: null; label: string };

/** Through which door a call came. */
export type Door = "console" | "api" | "cli" | "worker";

export interface BaseContext {
  db: Db;
  drivers: Drivers;
  actor: Actor;
  requestId: string;
  door: Door;
  ip: string | null;
  idempotencyKey: string | null;
}

export interface UserContext extends BaseContext {
  user: { id: UserId; name: string; email: string; emailVerified: boolean; isOperator: boolean };
  /** Null when the call came with an API key. */
  sessionToken: string | null;
}

export interface OrganizationContext extends UserContext {
  organization: {
    id: OrganizationId;
    slug: string;
    name: string;
    tier: "standard" | "premium" | "enterprise";
    region: string;
    role: OrganizationRole;
  };
}

export interface EnvironmentContext extends OrganizationContext {
  environment: {
    id: EnvironmentId;
    slug: string;
    name: string;
    envType: EnvironmentType;
    status: EnvironmentStatus;
    isDefault: boolean;
    isProtected: boolean;
    role: EnvironmentRole;
  };
}

export const systemActor: Actor = { kind: "system", id: null, label: "Freehold" };
