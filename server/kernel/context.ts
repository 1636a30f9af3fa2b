import type { JSONWebKeySet } from "jose";
import type { Db } from "@/server/db/client";
import type { EnvironmentStatus, EnvironmentType } from "@/server/domain/environments/names";
import type { DatabaseFacts, DatabaseHome } from "@/server/drivers/driver";
import type { Drivers } from "@/server/drivers/registry";
import type { EnvironmentId, OrganizationId, UserId } from "./ids";
import type { EnvironmentRole, OrganizationRole } from "./roles";

/** Who did it, as the audit trail and operations record it. */
export type Actor =
  | { kind: "user"; id: string; label: string }
  | { kind: "api_key"; id: string; label: string }
  | { kind: "service"; id: string; label: string }
  | { kind: "system"; id: null; label: string };

/** Through which door a call came. */
export type Door = "console" | "api" | "cli" | "worker";

export interface BaseContext {
  db: Db;
  actor: Actor;
  requestId: string;
  door: Door;
  ip: string | null;
  idempotencyKey: string | null;
}

/** Whoever works on databases: the worker and the data plane. Nothing that renders a page has drivers. */
export interface WorkContext extends BaseContext {
  drivers: Drivers;
}

/** What the console may ask of the process that holds the databases. */
export interface DataPlane {
  /** Looks inside a database in bounded time; throws `precondition` when it cannot be reached. */
  inspect(home: DatabaseHome): Promise<DatabaseFacts>;
}

/** Whom a token is for and where it is good: what its claims say. */
export interface Grant {
  /** `user:…` or `service:…`. */
  subject: string;
  audience: string;
  tenant: string | null;
}

export interface AccessToken {
  id: string;
  token: string;
  /** Seconds from now. */
  expiresIn: number;
  expiresAt: Date;
}

/** Signs access tokens; whoever asks has checked that they may be had. */
export interface TokenIssuer {
  issue(grant: Grant): Promise<AccessToken>;
  /** What verifies them. */
  publicKeys(): Promise<JSONWebKeySet>;
}

export interface UserContext extends BaseContext {
  dataPlane: DataPlane;
  user: { id: UserId; name: string; email: string; emailVerified: boolean; isOperator: boolean };
  /** Null when the call came with an API key. */
  sessionToken: string | null;
  opened?: Opened;
}

/** What one request has proven already, so that a page or a batch proves it once. */
export interface Opened {
  organizations: Map<string, Promise<OrganizationContext>>;
  environments: Map<string, Promise<EnvironmentContext>>;
}

export interface OrganizationContext extends UserContext {
  organization: {
    id: OrganizationId;
    slug: string;
    name: string;
    tier: "standard" | "premium" | "enterprise";
    region: string;
    /** The only region where its data may be; null: anywhere. */
    residency: string | null;
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
