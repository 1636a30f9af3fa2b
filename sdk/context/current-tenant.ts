import { AsyncLocalStorage } from "node:async_hooks";
import type { TenantContext } from "../resolution/tenant-context.ts";

/**
 * The tenant as a log line names it. It is no TenantContext and nothing that takes one takes it:
 * what is ambient names the wrong tenant in queues, emitters and memoised promises.
 */
export interface LoggedTenant {
  readonly loggedTenant: string;
  readonly loggedOrganization: string;
  readonly loggedEnvironment: string;
}

const ambient = new AsyncLocalStorage<LoggedTenant>();

/** Runs `work` so that what it logs can name the tenant. Whatever works with data gets the context as an argument. */
export function withLoggedTenant<T>(context: TenantContext, work: () => T): T {
  const { tenant, organization, environment } = context;
  return ambient.run(
    { loggedTenant: tenant, loggedOrganization: organization, loggedEnvironment: environment },
    work,
  );
}

/** For loggers alone. Null outside of `withLoggedTenant`; a wrong one where work is handed over ambiently. */
export const loggedTenant = (): LoggedTenant | null => ambient.getStore() ?? null;
