import { serviceScopeMeaning, serviceScopes, type ServiceScope } from "@/server/domain/services/names";

export const serviceDescription =
  "A service of yours asks Freehold whose a request is and where their data lives. Its key says what it may ask for and which credentials it is given.";

/** What a key may ask for, in as few words as a column has room for. */
export const scopesText = (scopes: readonly ServiceScope[]): string =>
  scopes.length === serviceScopes.length ? "everything" : scopes.join(", ");

/** A line for each scope that says what it allows. */
export const scopesExplained = (scopes: readonly ServiceScope[]): string =>
  scopes.map((scope) => `${scope}: ${serviceScopeMeaning[scope]}`).join("\n");
