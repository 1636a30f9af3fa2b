import { Lock } from "lucide-react";
import { paths } from "@/components/paths";
import { LinkButton } from "@/components/ui/link-button";
import type { EnvironmentRole } from "@/server/kernel/roles";
import { environmentRoleWords } from "./role-words";

interface ActivityRefusedProps {
  organization: string;
  environment: string;
  role: EnvironmentRole;
}

/** In place of the entries for a role that does not read them. */
export function ActivityRefused({ organization, environment, role }: ActivityRefusedProps) {
  return (
    <div className="flex min-w-0 flex-col items-center gap-4 px-4 py-12 text-center">
      <Lock aria-hidden="true" className="size-6 text-faint" />
      <div className="max-w-[52ch]">
        <p className="text-base font-medium">Who did what here is for admins of the environment</p>
        <p className="text-table text-muted">
          You are {environmentRoleWords[role].label} in this one. Operations and their steps are open to every
          member.
        </p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <LinkButton href={paths.activityOperations(organization, environment)}>See operations</LinkButton>
        <LinkButton variant="ghost" href={paths.environmentMembers(organization, environment)}>
          Who its members are
        </LinkButton>
      </div>
    </div>
  );
}
