import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { paths } from "@/components/paths";
import { LinkButton } from "@/components/ui/link-button";

interface ForAdminsProps {
  organization: string;
  /** What is not shown, and what an admin can do about it. */
  children: ReactNode;
}

/** In place of what only admins of the organization see. */
export function ForAdmins({ organization, children }: ForAdminsProps) {
  return (
    <div className="flex min-w-0 flex-col items-center gap-4 rounded-md border border-dashed border-line-strong px-4 py-12 text-center">
      <Lock aria-hidden="true" className="size-6 text-faint" />
      <p className="max-w-[48ch] text-base text-balance text-muted">{children}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <LinkButton href={paths.membersIn(organization, "owner")}>See the owners</LinkButton>
        <LinkButton href={paths.membersIn(organization, "admin")}>See the admins</LinkButton>
      </div>
    </div>
  );
}
