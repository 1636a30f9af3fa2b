/** What is used of a package that has no types of its own. */
declare module "@objectstack/service-tenant" {
  import type { TursoDriver } from "@objectstack/driver-turso";

  export interface PeerObject {
    name: string;
    fields: Record<string, unknown>;
  }

  export const SysEnvironment: PeerObject;
  export const SysEnvironmentCredential: PeerObject;
  export const SysEnvironmentMember: PeerObject;

  export class LocalSQLiteProjectDatabaseAdapter {
    constructor(directory: string);
  }

  export class ProjectProvisioningService {
    constructor(config: {
      controlPlaneDriver: TursoDriver;
      adapters: LocalSQLiteProjectDatabaseAdapter[];
      defaultDriver: string;
    });
    provisionProject(request: {
      organizationId: string;
      displayName: string;
      createdBy: string;
    }): Promise<{ environment: { databaseUrl: string; status: string }; warnings?: string[] }>;
  }

  export class TenantContextService {
    constructor(config: { enabled: boolean; identificationSources: string[]; jwtOrganizationClaim: string });
    resolveTenantContext(request: { jwt: Record<string, unknown> }): Promise<{ tenantId: string } | null>;
  }
}
