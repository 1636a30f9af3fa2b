export const serviceScopes = ["connect", "changes", "tokens", "sign", "report", "options"] as const;
export type ServiceScope = (typeof serviceScopes)[number];

/** What each scope of a service key allows, as people read it. */
export const serviceScopeMeaning: Record<ServiceScope, string> = {
  connect: "Ask which tenant a name is, where its data lives, and get a credential for it.",
  changes: "Follow which tenants have changed.",
  tokens: "Get access tokens for itself, to call other services with.",
  sign: "Register keys, and speak to other services for a tenant with what they sign.",
  report: "Report requests that were refused because of their tenant. They go to that tenant’s audit trail.",
  options: "Read the options that tenants have.",
};
