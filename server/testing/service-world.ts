import { eq } from "drizzle-orm";
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyOptions } from "jose";
import { vi } from "vitest";
import { environment } from "@/drizzle/control/schema/environments";
import { handleJwks } from "@/server/api/internal/jwks";
import { changeFeed } from "@/server/connect/change-feed";
import { createEnvironment } from "@/server/domain/environments/create";
import { addService } from "@/server/domain/services/add";
import { serviceScopes, type ServiceScope } from "@/server/domain/services/names";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { startWorker } from "@/server/sagas/worker";
import { createApiWorld, type ApiWorld } from "./api-world";

/** The doors of services with an organization, a person who owns it, and whoever else a test needs. */
export interface ServiceWorld extends ApiWorld {
  operator: UserContext;
  ann: UserContext;
  acme: OrganizationContext;
  /** A new service with its key. */
  service(name: string, scopes?: readonly ServiceScope[]): Promise<{ id: string; name: string; key: string }>;
  /** A new environment of Acme that serves. */
  activeEnvironment(): Promise<EnvironmentContext>;
}

let next = 0;

export async function createServiceWorld(
  options: Parameters<typeof createApiWorld>[0] = {},
): Promise<ServiceWorld> {
  const world = await createApiWorld({ ...options, isServed: true });
  const worker = startWorker({ db: world.db, drivers: world.drivers });
  const operator = await world.person("Operator", { isOperator: true });
  const ann = await world.person("Ann");
  const acme = (await world.organization(ann, "Acme")).ctx;
  return {
    ...world,
    operator,
    ann,
    acme,
    settle: () => worker.drain(),
    async service(name, scopes = serviceScopes) {
      const added = await addService(operator, {
        name,
        scopes: [...scopes],
        credentialScope: "readwrite",
        days: null,
      });
      return { id: added.service.id, name, key: added.key };
    },
    async activeEnvironment() {
      const slug = `e-${next++}`;
      const organization = acme.organization.slug;
      const made = await createEnvironment(acme, { organization, name: slug, slug, envType: "test" });
      const { id } = made.environment;
      await vi.waitFor(
        async () => {
          const [row] = await world.db.select().from(environment).where(eq(environment.id, id));
          if (row?.status !== "active") throw new Error(`The environment is ${row?.status}.`);
        },
        { timeout: 20_000 },
      );
      return world.inEnvironment(ann, id);
    },
    async end() {
      await worker.stop();
      (await changeFeed(world.db)).stop();
      await world.end();
    },
  };
}

/** A request as a service with this key sends it. */
export const asService = (
  key: string,
  path: string,
  init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
): Request =>
  new Request(`http://localhost:3000${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, ...init.headers },
  });

/** Verifies with the keys that Freehold publishes at the moment. */
export async function verified(token: string, options: JWTVerifyOptions) {
  const keys = (await (await handleJwks()).json()) as JSONWebKeySet;
  return jwtVerify(token, createLocalJWKSet(keys), { algorithms: ["EdDSA"], ...options });
}
