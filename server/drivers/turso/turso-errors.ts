import { DomainError } from "@/server/kernel/errors";

export const missing = (cause?: unknown) =>
  new DomainError("precondition", "The database is missing.", { cause });

export const foreign = (cause?: unknown) =>
  new DomainError("precondition", "The database in its place is not a Freehold database.", { cause });

export const anothers = () => new DomainError("precondition", "The database belongs to another environment.");

export const suspended = () =>
  new DomainError("precondition", "The database is suspended: nobody reads it until it is resumed.");
