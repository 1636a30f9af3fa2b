import { DomainError } from "@/server/kernel/errors";

export const leaving = () => new DomainError("precondition", "The removal of the database has not finished.");

export const anothers = () => new DomainError("precondition", "The database belongs to another environment.");

export const taken = () =>
  new DomainError("conflict", "This name already belongs to another environment's database.");

export const noAdmin = () =>
  new DomainError("invalid", "The schema of a pool is everybody's: a credential reads, or reads and writes.");
