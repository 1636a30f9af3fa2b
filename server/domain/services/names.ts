export const serviceScopes = ["connect", "changes"] as const;
export type ServiceScope = (typeof serviceScopes)[number];

/** What each scope of a service key allows, as people read it. */
export const serviceScopeMeaning: Record<ServiceScope, string> = {
  connect: "Ask where a tenant lives and get a credential for it.",
  changes: "Follow which tenants have changed.",
};
