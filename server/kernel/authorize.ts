import type { EnvironmentContext, OrganizationContext, UserContext } from "./context";
import { DomainError } from "./errors";
import {
  environmentRoleMay,
  organizationRoleMay,
  type EnvironmentAction,
  type OrganizationAction,
} from "./roles";

/** Throws `forbidden` unless the caller's role in the organization allows the action. */
export function requireOrganization(ctx: OrganizationContext, action: OrganizationAction): void {
  if (!organizationRoleMay(ctx.organization.role, action)) {
    throw new DomainError(
      "forbidden",
      `Your role in ${ctx.organization.name} does not allow this. Ask one of its admins.`,
    );
  }
}

/** Throws `forbidden` unless the caller's role in the environment allows the action. */
export function requireEnvironment(ctx: EnvironmentContext, action: EnvironmentAction): void {
  if (!environmentRoleMay(ctx.environment.role, action)) {
    throw new DomainError(
      "forbidden",
      `Your role in ${ctx.environment.name} does not allow this. Ask one of its admins.`,
    );
  }
}

/** Throws `not_found`, as the fleet does not exist for anyone else. */
export function requireOperator(ctx: UserContext): void {
  if (!ctx.user.isOperator) throw new DomainError("not_found", "There is nothing here.");
}
