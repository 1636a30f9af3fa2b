export const credentialScopes = ["readonly", "readwrite", "admin"] as const;
export type CredentialScope = (typeof credentialScopes)[number];

export const credentialStatuses = ["pending", "active", "rotating", "revoked"] as const;
export type CredentialStatus = (typeof credentialStatuses)[number];

export const credentialAudiences = ["services", "direct"] as const;

/** What each scope allows, as people read it. */
export const scopeMeaning: Record<CredentialScope, string> = {
  readonly: "Reads rows.",
  readwrite: "Reads and writes rows.",
  admin: "Reads and writes rows, and changes the schema.",
};
