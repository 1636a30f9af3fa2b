"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import { environmentRoles, type EnvironmentRole } from "@/server/kernel/roles";
import { environmentRoleWords } from "./role-words";

interface EnvironmentRoleChoiceProps {
  value: EnvironmentRole;
  onValueChange: (role: EnvironmentRole) => void;
  hideLegend?: boolean;
}

/** The four roles, each with what it allows. */
export function EnvironmentRoleChoice({
  value,
  onValueChange,
  hideLegend = false,
}: EnvironmentRoleChoiceProps) {
  return (
    <RadioCards
      legend="Role in the environment"
      hideLegend={hideLegend}
      name="environment-role"
      value={value}
      onValueChange={onValueChange}
      options={environmentRoles.map((role) => ({
        value: role,
        label: environmentRoleWords[role].label,
        icon: <span className="ml-auto shrink-0 font-mono text-xs font-normal text-faint">{role}</span>,
        description: environmentRoleWords[role].meaning,
      }))}
    />
  );
}
