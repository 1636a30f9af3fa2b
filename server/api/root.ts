import { accountRouter } from "./routers/account";
import { apiKeysRouter } from "./routers/api-keys";
import { auditRouter } from "./routers/audit";
import { clustersRouter } from "./routers/clusters";
import { credentialsRouter } from "./routers/credentials";
import { environmentsRouter } from "./routers/environments";
import { findingsRouter } from "./routers/findings";
import { fleetRouter } from "./routers/fleet";
import { invitationsRouter } from "./routers/invitations";
import { isolationRouter } from "./routers/isolation";
import { membersRouter } from "./routers/members";
import { navigationRouter } from "./routers/navigation";
import { operationsRouter } from "./routers/operations";
import { optionsRouter } from "./routers/options";
import { organizationsRouter } from "./routers/organizations";
import { packagesRouter } from "./routers/packages";
import { placementRouter } from "./routers/placement";
import { poolsRouter } from "./routers/pools";
import { resolutionRouter } from "./routers/resolution";
import { servicesRouter } from "./routers/services";
import { settingsRouter } from "./routers/settings";
import { tokensRouter } from "./routers/tokens";
import { router } from "./trpc";

export const appRouter = router({
  account: accountRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  clusters: clustersRouter,
  credentials: credentialsRouter,
  environments: environmentsRouter,
  findings: findingsRouter,
  fleet: fleetRouter,
  invitations: invitationsRouter,
  isolation: isolationRouter,
  members: membersRouter,
  navigation: navigationRouter,
  operations: operationsRouter,
  options: optionsRouter,
  organizations: organizationsRouter,
  packages: packagesRouter,
  placement: placementRouter,
  pools: poolsRouter,
  resolution: resolutionRouter,
  services: servicesRouter,
  settings: settingsRouter,
  tokens: tokensRouter,
});

export type AppRouter = typeof appRouter;
