import type { Route } from "next";

/** Every address of the console is spelled here and nowhere else. */
const route = (path: string) => path as Route;
const part = encodeURIComponent;

function query(values: Record<string, string | undefined>): string {
  const set = Object.entries(values).flatMap(([name, value]) => (value ? [`${name}=${part(value)}`] : []));
  return set.length > 0 ? `?${set.join("&")}` : "";
}

export const paths = {
  home: () => route("/"),
  setUp: () => route("/set-up"),
  signIn: (next?: string) => route(next ? `/sign-in?next=${part(next)}` : "/sign-in"),
  signUp: (next?: string) => route(next ? `/sign-up?next=${part(next)}` : "/sign-up"),
  forgotPassword: () => route("/forgot-password"),
  resetPassword: (token: string) => route(`/reset-password?token=${part(token)}`),
  acceptInvitation: (invitation: string, token: string) =>
    route(`/accept-invitation/${part(invitation)}?token=${part(token)}`),
  account: () => route("/account"),
  apiKeys: () => route("/account/api-keys"),
  operations: () => route("/operations"),
  operation: (operation: string) => route(`/operations/${part(operation)}`),
  newOrganization: () => route("/new"),

  organization: (organization: string) => route(`/${part(organization)}`),
  environments: (organization: string) => route(`/${part(organization)}/environments`),
  environmentsIn: (organization: string, status: string) =>
    route(`/${part(organization)}/environments?status=${part(status)}`),
  newEnvironment: (organization: string) => route(`/${part(organization)}/environments/new`),
  members: (organization: string) => route(`/${part(organization)}/members`),
  membersIn: (organization: string, role: string) =>
    route(`/${part(organization)}/members?role=${part(role)}`),
  invitations: (organization: string) => route(`/${part(organization)}/members/invitations`),
  audit: (organization: string) => route(`/${part(organization)}/audit`),
  auditEntry: (organization: string, entry: string) =>
    route(`/${part(organization)}/audit?entry=${part(entry)}`),
  organizationSettings: (organization: string) => route(`/${part(organization)}/settings`),

  environment: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}`),
  connect: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/connect`),
  database: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/database`),
  environmentPackages: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/packages`),
  environmentOptions: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/options`),
  optionsSet: (organization: string, environment: string, name: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/options/${part(name)}`),
  environmentMembers: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/members`),
  activity: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/activity`),
  activityOperations: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/activity/operations`),
  environmentSettings: (organization: string, environment: string) =>
    route(`/${part(organization)}/environments/${part(environment)}/settings`),

  fleet: () => route("/fleet"),
  fleetOrganizations: (search?: string) => route(`/fleet/organizations${query({ search })}`),
  fleetOperations: (filter: { search?: string; status?: string } = {}) =>
    route(`/fleet/operations${query(filter)}`),
  fleetClusters: (filter: { search?: string; state?: string } = {}) =>
    route(`/fleet/clusters${query(filter)}`),
  newCluster: () => route("/fleet/clusters/new"),
  /** `test` names the connection test that the page follows. */
  fleetCluster: (cluster: string, test?: string) =>
    route(`/fleet/clusters/${part(cluster)}${query({ test })}`),
  fleetPools: (filter: { search?: string; state?: string } = {}) => route(`/fleet/pools${query(filter)}`),
  newPool: (cluster?: string) => route(`/fleet/pools/new${query({ cluster })}`),
  /** `operation` names what the page follows. */
  fleetPool: (pool: string, operation?: string) => route(`/fleet/pools/${part(pool)}${query({ operation })}`),
  fleetPlacement: () => route("/fleet/placement"),
  fleetPackages: () => route("/fleet/packages"),
  fleetPackage: (name: string) => route(`/fleet/packages/${part(name)}`),
  fleetServices: () => route("/fleet/services"),
  /** The form is filled with `hints`, a line each, and asks by itself. */
  fleetResolve: (filled: { hints?: string; preset?: string; tenant?: string } = {}) =>
    route(`/fleet/resolve${query({ as: filled.hints === undefined ? undefined : "hints", ...filled })}`),
  fleetFindings: () => route("/fleet/findings"),
  /** `pool` is a slug. */
  fleetIsolation: (pool?: string) => route(`/fleet/isolation${query({ pool })}`),
  fleetIsolationRuns: () => route("/fleet/isolation/runs"),
  fleetSettings: () => route("/fleet/settings"),
};

/** The same page of another environment, for the switcher: what stands after the environment stays. */
export function samePage(pathname: string, organization: string, environment: string): Route {
  const rest = /^\/[^/]+\/environments\/[^/]+(\/.*)?$/.exec(pathname)?.[1] ?? "";
  return route(`${paths.environment(organization, environment)}${rest}`);
}

const elsewhere = "https://elsewhere.invalid";

/** `next` when it stays on this console, else the home page. Whatever a browser would take off the origin is dropped. */
export function safeNext(next: string | null | undefined): Route {
  if (!next?.startsWith("/") || /[\\\p{Cc}]/u.test(next) || !URL.canParse(next, elsewhere))
    return paths.home();
  const url = new URL(next, elsewhere);
  return url.origin === elsewhere && !url.pathname.startsWith("//")
    ? route(`${url.pathname}${url.search}`)
    : paths.home();
}
