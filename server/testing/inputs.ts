import { builtInClusters } from "@/server/domain/clusters/names";
import { newId } from "@/server/kernel/ids";

/** One of everything that a verb may be asked for, in a state in which most verbs refuse it. */
export interface Belongings {
  /** A package that has one version, 1.0.0, a draft. */
  draft: string;
  /** For somebody who is a member already. */
  invitation: { invitation: string; token: string };
  endedInvitation: string;
  /** It is revoked. */
  credential: string;
  /** Of the owner. */
  apiKey: string;
  rules: [removed: string, kept: string];
  service: string;
  /** It is draining. */
  cluster: string;
  /** It is being made. */
  pool: string;
  /** A database that nobody owns. */
  orphan: string;
  /** Members who are there to be removed. */
  spares: string[];
}

/** What the inputs name: ids and slugs of one organization, all of them real, or all of them invented. */
export interface Names extends Belongings {
  organization: string;
  organizationId: string;
  slug: string;
  environment: string;
  /** Another environment, which is suspended. */
  suspended: string;
  operation: string;
  /** A member whose roles are `member` and `env_viewer`. */
  viewer: string;
  /** An entry of the organization's audit trail. */
  entry: string;
  /** A package with one version, 1.0.0, which nobody has installed. */
  package: string;
}

let fresh = 0;
const page = {};
const spareOf = ({ spares }: Names) => spares[fresh++ % spares.length];

/**
 * A valid input for every procedure. Where a caller who may would do harm, the input asks
 * for what changes nothing or for what the verb itself refuses.
 */
export const inputs: Record<string, (names: Names) => Record<string, unknown>> = {
  "account.rename": () => ({ name: `Person ${fresh++}` }),
  "apiKeys.create": () => ({ name: "Key" }),
  "apiKeys.list": () => ({}),
  "apiKeys.revoke": ({ apiKey }) => ({ apiKey }),
  "audit.get": ({ organization, entry }) => ({ organization, entry }),
  "audit.list": ({ organization }) => ({ organization, ...page }),
  "audit.listEnvironment": ({ environment }) => ({ environment }),
  "clusters.activate": () => ({ cluster: builtInClusters.files }),
  "clusters.add": () => ({
    name: "Elsewhere",
    slug: "elsewhere",
    driver: "postgres",
    region: "us-east",
    adminUrl: "postgresql://[elsewhere",
  }),
  "clusters.check": () => ({ cluster: builtInClusters.files }),
  "clusters.drain": ({ cluster }) => ({ cluster }),
  "clusters.get": () => ({ cluster: builtInClusters.files }),
  "clusters.list": () => ({}),
  "clusters.remove": () => ({ cluster: builtInClusters.files }),
  "clusters.update": () => ({ cluster: builtInClusters.files, name: "Files" }),
  "credentials.connection": ({ environment }) => ({ environment }),
  "credentials.issue": ({ suspended }) => ({ environment: suspended, name: "Reports", scope: "readonly" }),
  "credentials.list": ({ environment }) => ({ environment }),
  "credentials.revoke": ({ environment, credential }) => ({ environment, credential, reason: "Leaked" }),
  "credentials.rotate": ({ environment, credential }) => ({ environment, credential }),
  "credentials.schedule": ({ environment, credential }) => ({ environment, credential, everyDays: 30 }),
  "environments.archive": ({ environment }) => ({ environment, reason: "tidy" }),
  "environments.create": ({ organization }) => ({
    organization,
    name: "New",
    slug: `new-${fresh++}`,
    envType: "test",
  }),
  "environments.delete": ({ environment }) => ({ environment, confirm: "not the slug" }),
  "environments.get": ({ environment }) => ({ environment }),
  "environments.getAt": ({ organization, slug }) => ({ organization, slug }),
  "environments.getLimits": ({ environment }) => ({ environment }),
  "environments.inspect": ({ environment }) => ({ environment }),
  "environments.list": ({ organization }) => ({ organization }),
  "environments.preview": ({ organization }) => ({ organization, slug: "next" }),
  "environments.protect": ({ environment }) => ({ environment, isProtected: false }),
  "environments.purge": ({ environment }) => ({ environment, confirm: "not the slug" }),
  "environments.recover": ({ environment }) => ({ environment }),
  "environments.resume": ({ environment }) => ({ environment }),
  "environments.retry": ({ environment }) => ({ environment }),
  "environments.setDefault": ({ environment }) => ({ environment }),
  "environments.setLimits": ({ environment }) => ({ environment, rowLimit: 1 }),
  "environments.suspend": ({ suspended }) => ({ environment: suspended, reason: "" }),
  "environments.update": ({ environment }) => ({ environment, name: "Production" }),
  "findings.adopt": ({ orphan }) => ({
    finding: orphan,
    organization: "no-such-organization",
    name: "Found",
    slug: "found",
    envType: "test",
  }),
  "findings.destroy": ({ orphan }) => ({ finding: orphan, confirm: "env" }),
  "findings.check": () => ({}),
  "findings.list": () => ({}),
  "fleet.map": () => ({}),
  "fleet.overview": () => ({}),
  "isolation.findings": () => ({}),
  "isolation.overview": () => ({}),
  "isolation.runs": () => ({}),
  "invitations.accept": ({ invitation }) => invitation,
  "invitations.create": ({ organization }) => ({
    organization,
    email: `guest-${fresh++}@example.test`,
    role: "member",
  }),
  "invitations.list": ({ organization }) => ({ organization }),
  "invitations.preview": ({ invitation }) => invitation,
  "invitations.revoke": ({ organization, endedInvitation }) => ({
    organization,
    invitation: endedInvitation,
  }),
  "members.list": ({ organization }) => ({ organization }),
  "members.listEnvironment": ({ environment }) => ({ environment }),
  "members.remove": (names) => ({ organization: names.organization, userId: spareOf(names) }),
  "members.removeEnvironment": (names) => ({ environment: names.environment, userId: spareOf(names) }),
  "members.setEnvironment": ({ environment, viewer }) => ({
    environment,
    userId: viewer,
    role: "env_viewer",
  }),
  "members.setRole": ({ organization, viewer }) => ({ organization, userId: viewer, role: "member" }),
  "navigation.landing": () => ({}),
  "navigation.locate": ({ organization, slug }) => ({ organization, environment: slug }),
  "navigation.me": () => ({}),
  "navigation.places": () => ({ text: "" }),
  "navigation.visit": ({ environment }) => ({ environment }),
  "operations.get": ({ operation }) => ({ operation }),
  "operations.list": ({ environment }) => ({ environment }),
  "operations.listAll": () => ({}),
  "operations.listMine": () => ({}),
  "operations.running": () => ({}),
  "operations.watch": ({ operation }) => ({ operation }),
  "options.clear": ({ environment }) => ({ environment, name: "checkout", expectedVersion: 0 }),
  "options.get": ({ environment }) => ({ environment, name: "checkout" }),
  "options.getVersion": ({ environment }) => ({ environment, name: "checkout", version: 1 }),
  "options.history": ({ environment }) => ({ environment, name: "checkout" }),
  "options.list": ({ environment }) => ({ environment }),
  "options.restore": ({ environment }) => ({
    environment,
    name: "checkout",
    version: 1,
    expectedVersion: 0,
  }),
  "options.set": ({ environment }) => ({
    environment,
    name: "checkout",
    value: { express: true },
    expectedVersion: 7,
  }),
  "organizations.create": () => ({ name: `Organization ${fresh++}` }),
  "organizations.get": ({ organization }) => ({ organization }),
  "organizations.list": () => ({}),
  "organizations.listAll": () => ({}),
  "organizations.setResidency": ({ organization }) => ({ organization, residency: null }),
  "organizations.setTier": ({ organizationId }) => ({ organizationId, tier: "standard" }),
  "organizations.update": ({ organization }) => ({ organization, name: "Organization A" }),
  "packages.deleteDraft": (names) => ({ package: names.package, version: "1.0.0" }),
  "packages.deprecate": ({ draft }) => ({ package: draft, version: "1.0.0", reason: "It loses rows." }),
  "packages.get": (names) => ({ package: names.package }),
  "packages.getVersion": (names) => ({ package: names.package, version: "1.0.0" }),
  "packages.install": ({ environment, draft }) => ({ environment, package: draft }),
  "packages.installed": ({ environment }) => ({ environment }),
  "packages.list": () => ({}),
  "packages.places": (names) => ({ package: names.package }),
  "packages.previewInstall": (names) => ({ environment: names.environment, package: names.package }),
  "packages.publish": () => ({ files: [{ path: "freehold.package.json", text: "{" }] }),
  "packages.publishDraft": (names) => ({ package: names.package, version: "1.0.0" }),
  "placement.addRule": () => ({ name: "Nowhere", cluster: newId() }),
  "placement.get": () => ({}),
  "placement.orderRules": () => ({ rules: [] }),
  "placement.removeRule": ({ rules: [rule] }) => ({ rule }),
  "placement.setPreset": () => ({ preset: "DedicatedSingleTenant" }),
  "placement.try": () => ({ region: "us-east" }),
  "placement.updateRule": ({ rules: [, rule] }) => ({
    rule,
    name: "Nowhere",
    driver: "sqlite",
    isEnabled: false,
  }),
  "pools.activate": ({ pool }) => ({ pool }),
  "pools.add": () => ({ name: "Pool", slug: "pool", cluster: builtInClusters.files }),
  "pools.drain": ({ pool }) => ({ pool }),
  "pools.get": ({ pool }) => ({ pool }),
  "pools.install": (names) => ({ pool: names.pool, package: names.package }),
  "pools.list": () => ({}),
  "pools.remove": ({ pool }) => ({ pool }),
  "pools.retry": ({ pool }) => ({ pool }),
  "pools.update": ({ pool }) => ({ pool, name: "Pool" }),
  "resolution.explain": ({ environment }) => ({
    target: `https://api.example.test/environments/${environment}`,
    headers: [`X-Tenant-Id: ${environment}`],
    peer: "203.0.113.9",
  }),
  "resolution.samples": () => ({}),
  "services.add": () => ({ name: `Service ${fresh++}` }),
  "services.list": () => ({}),
  "services.revoke": ({ service }) => ({ service }),
  "settings.entrance": () => ({}),
  "settings.get": () => ({}),
  "settings.setRecoveryDays": () => ({ days: 0 }),
  "settings.setSignUp": () => ({ policy: "open" }),
  "tokens.issue": ({ environment }) => ({ environment, audience: "students" }),
};

/** The same names of nothing that exists. */
export const inventedNames = (): Names => ({
  organization: newId(),
  organizationId: newId(),
  slug: "prod",
  environment: newId(),
  suspended: newId(),
  operation: newId(),
  viewer: newId(),
  entry: newId(),
  package: `com.example.invented${fresh++}`,
  draft: `com.example.invented${fresh++}`,
  invitation: { invitation: newId(), token: "x".repeat(43) },
  endedInvitation: newId(),
  credential: newId(),
  apiKey: newId(),
  rules: [newId(), newId()],
  service: newId(),
  cluster: newId(),
  pool: newId(),
  orphan: newId(),
  spares: [newId()],
});
