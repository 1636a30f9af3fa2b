import { Lock } from "lucide-react";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { LinkButton } from "@/components/ui/link-button";

interface ConnectRefusedProps {
  organization: string;
  environment: string;
}

/** In place of the connection for a role that does not see it. */
export function ConnectRefused({ organization, environment }: ConnectRefusedProps) {
  return (
    <Page title="Connect">
      <div className="flex min-w-0 flex-col items-center gap-4 px-4 py-12 text-center">
        <Lock aria-hidden="true" className="size-6 text-faint" />
        <div className="max-w-[52ch]">
          <p className="text-base font-medium">How to connect is for users, makers and admins</p>
          <p className="text-table text-muted">
            You are <span className="font-mono text-xs">env_viewer</span> in this environment. One of its
            admins can give you another role.
          </p>
        </div>
        <LinkButton href={paths.environmentMembers(organization, environment)}>
          Who its members are
        </LinkButton>
      </div>
    </Page>
  );
}
