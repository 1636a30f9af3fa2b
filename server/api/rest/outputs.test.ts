import { expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { listOrganizationAudit } from "@/server/domain/audit/list";
import type { AuditPage } from "@/server/domain/audit/output";
import type { addCluster } from "@/server/domain/clusters/add";
import type { getCluster } from "@/server/domain/clusters/get";
import type { listClusters } from "@/server/domain/clusters/list";
import type { AddedCluster, ClusterPage, ClusterWithLoad } from "@/server/domain/clusters/output";
import type { addPool } from "@/server/domain/pools/add";
import type { getPool } from "@/server/domain/pools/get";
import type { listPools } from "@/server/domain/pools/list";
import type { AddedPool, PoolPage, PoolWithLoad } from "@/server/domain/pools/output";
import type { connectionOf } from "@/server/domain/credentials/connection";
import type { issueCredential } from "@/server/domain/credentials/issue";
import type { listCredentials } from "@/server/domain/credentials/list";
import type {
  CredentialPage,
  EnvironmentConnection,
  IssuedCredential,
} from "@/server/domain/credentials/output";
import type { rotateCredential } from "@/server/domain/credentials/rotate";
import type { deleteEnvironment } from "@/server/domain/environments/delete";
import type { getEnvironment } from "@/server/domain/environments/get";
import type { inspectEnvironment } from "@/server/domain/environments/inspect";
import type { listEnvironments } from "@/server/domain/environments/list";
import type { createEnvironment } from "@/server/domain/environments/create";
import type {
  CreatedEnvironment,
  DeletedEnvironment,
  Environment,
  EnvironmentDatabase,
  EnvironmentPage,
} from "@/server/domain/environments/output";
import type { adoptOrphan } from "@/server/domain/findings/adopt";
import type { listFindings } from "@/server/domain/findings/list";
import type { listIsolationFindings } from "@/server/domain/isolation/list-findings";
import type { listRuns } from "@/server/domain/isolation/list-runs";
import type {
  IsolationFindingPage,
  IsolationOverview,
  IsolationRunPage,
} from "@/server/domain/isolation/output";
import type { isolationOverview } from "@/server/domain/isolation/overview";
import type { AdoptedDatabase, FindingPage } from "@/server/domain/findings/output";
import type { createInvitation } from "@/server/domain/invitations/create";
import type { listInvitations } from "@/server/domain/invitations/list";
import type { CreatedInvitation, InvitationPage } from "@/server/domain/invitations/output";
import type { listMembers } from "@/server/domain/members/list";
import type { listEnvironmentMembers } from "@/server/domain/members/list-environment";
import type { EnvironmentMemberPage, MemberPage } from "@/server/domain/members/output";
import type { getOperation } from "@/server/domain/operations/get";
import type { listFleetOperations } from "@/server/domain/operations/list";
import type { Operation, OperationPage } from "@/server/domain/operations/output";
import type { getOptions } from "@/server/domain/options/get";
import type { getOptionsVersion } from "@/server/domain/options/get-version";
import type { listOptions } from "@/server/domain/options/list";
import type { listOptionsHistory } from "@/server/domain/options/list-history";
import type {
  OptionsHistoryPage,
  OptionsOutput,
  OptionsPage,
  OptionsState,
  OptionsVersion,
} from "@/server/domain/options/output";
import type { setOptions } from "@/server/domain/options/set";
import type { createOrganization } from "@/server/domain/organizations/create";
import type { getOrganization } from "@/server/domain/organizations/get";
import type { listAllOrganizations } from "@/server/domain/organizations/list-all";
import type { listMyOrganizations } from "@/server/domain/organizations/list-mine";
import type {
  CreatedOrganization,
  FleetOrganizationPage,
  MyOrganizationPage,
  Organization,
} from "@/server/domain/organizations/output";
import type { getPlacementPolicy } from "@/server/domain/placement/get";
import type { PlacementPolicyOutput } from "@/server/domain/placement/output";
import type { addService } from "@/server/domain/services/add";
import type { listServices } from "@/server/domain/services/list";
import type { AddedService, ServicePage } from "@/server/domain/services/output";

/** What a verb answers and what the document says of it, as far as names go: an answer loses what is not described. */
type Answer<Verb extends (...args: never[]) => unknown> = Names<Awaited<ReturnType<Verb>>>;
type Described<Schema extends z.ZodType> = Names<z.infer<Schema>>;
type Names<T> = T extends Date | string | number | boolean | null | undefined
  ? "value"
  : T extends readonly (infer Item)[]
    ? Names<Item>[]
    : { [Key in keyof T]: Names<T[Key]> };

test("what a verb answers is described to the last field", () => {
  expectTypeOf<Answer<typeof getEnvironment>>().toEqualTypeOf<Described<typeof Environment>>();
  expectTypeOf<Answer<typeof listEnvironments>>().toEqualTypeOf<Described<typeof EnvironmentPage>>();
  expectTypeOf<Answer<typeof inspectEnvironment>>().toEqualTypeOf<Described<typeof EnvironmentDatabase>>();
  expectTypeOf<Answer<typeof createEnvironment>>().toEqualTypeOf<Described<typeof CreatedEnvironment>>();
  expectTypeOf<Answer<typeof createOrganization>>().toEqualTypeOf<Described<typeof CreatedOrganization>>();
  expectTypeOf<Answer<typeof getOrganization>>().toEqualTypeOf<Described<typeof Organization>>();
  expectTypeOf<Answer<typeof listMyOrganizations>>().toEqualTypeOf<Described<typeof MyOrganizationPage>>();
  expectTypeOf<Answer<typeof listAllOrganizations>>().toEqualTypeOf<
    Described<typeof FleetOrganizationPage>
  >();
  expectTypeOf<Answer<typeof listMembers>>().toEqualTypeOf<Described<typeof MemberPage>>();
  expectTypeOf<Answer<typeof listEnvironmentMembers>>().toEqualTypeOf<
    Described<typeof EnvironmentMemberPage>
  >();
  expectTypeOf<Answer<typeof createInvitation>>().toEqualTypeOf<Described<typeof CreatedInvitation>>();
  expectTypeOf<Answer<typeof listInvitations>>().toEqualTypeOf<Described<typeof InvitationPage>>();
  expectTypeOf<Answer<typeof getOperation>>().toEqualTypeOf<Described<typeof Operation>>();
  expectTypeOf<Answer<typeof listFleetOperations>>().toEqualTypeOf<Described<typeof OperationPage>>();
  expectTypeOf<Answer<typeof listOrganizationAudit>>().toEqualTypeOf<Described<typeof AuditPage>>();
  expectTypeOf<Answer<typeof deleteEnvironment>>().toEqualTypeOf<Described<typeof DeletedEnvironment>>();
  expectTypeOf<Answer<typeof connectionOf>>().toEqualTypeOf<Described<typeof EnvironmentConnection>>();
  expectTypeOf<Answer<typeof listCredentials>>().toEqualTypeOf<Described<typeof CredentialPage>>();
  expectTypeOf<Answer<typeof issueCredential>>().toEqualTypeOf<Described<typeof IssuedCredential>>();
  expectTypeOf<Answer<typeof rotateCredential>>().toEqualTypeOf<Described<typeof IssuedCredential>>();
  expectTypeOf<Answer<typeof addCluster>>().toEqualTypeOf<Described<typeof AddedCluster>>();
  expectTypeOf<Answer<typeof listClusters>>().toEqualTypeOf<Described<typeof ClusterPage>>();
  expectTypeOf<Answer<typeof getCluster>>().toEqualTypeOf<Described<typeof ClusterWithLoad>>();
  expectTypeOf<Answer<typeof addPool>>().toEqualTypeOf<Described<typeof AddedPool>>();
  expectTypeOf<Answer<typeof listPools>>().toEqualTypeOf<Described<typeof PoolPage>>();
  expectTypeOf<Answer<typeof getPool>>().toEqualTypeOf<Described<typeof PoolWithLoad>>();
  expectTypeOf<Answer<typeof getPlacementPolicy>>().toEqualTypeOf<Described<typeof PlacementPolicyOutput>>();
  expectTypeOf<Answer<typeof listOptions>>().toEqualTypeOf<Described<typeof OptionsPage>>();
  expectTypeOf<Answer<typeof getOptions>>().toEqualTypeOf<Described<typeof OptionsOutput>>();
  expectTypeOf<Answer<typeof setOptions>>().toEqualTypeOf<Described<typeof OptionsState>>();
  expectTypeOf<Answer<typeof listOptionsHistory>>().toEqualTypeOf<Described<typeof OptionsHistoryPage>>();
  expectTypeOf<Answer<typeof getOptionsVersion>>().toEqualTypeOf<Described<typeof OptionsVersion>>();
  expectTypeOf<Answer<typeof addService>>().toEqualTypeOf<Described<typeof AddedService>>();
  expectTypeOf<Answer<typeof listServices>>().toEqualTypeOf<Described<typeof ServicePage>>();
  expectTypeOf<Answer<typeof listFindings>>().toEqualTypeOf<Described<typeof FindingPage>>();
  expectTypeOf<Answer<typeof isolationOverview>>().toEqualTypeOf<Described<typeof IsolationOverview>>();
  expectTypeOf<Answer<typeof listIsolationFindings>>().toEqualTypeOf<
    Described<typeof IsolationFindingPage>
  >();
  expectTypeOf<Answer<typeof listRuns>>().toEqualTypeOf<Described<typeof IsolationRunPage>>();
  expectTypeOf<Answer<typeof adoptOrphan>>().toEqualTypeOf<Described<typeof AdoptedDatabase>>();
});
