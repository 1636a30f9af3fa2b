import { Lock } from "lucide-react";
import { paths } from "@/components/paths";
import { LinkButton } from "@/components/ui/link-button";

/** For someone who may not create an organization here: who can, and the other way in. */
export function InvitedOnly({ email, isFirst }: { email: string; isFirst: boolean }) {
  return (
    <div className="flex min-w-0 flex-col items-center gap-4 rounded-md border border-dashed border-line-strong px-4 py-12 text-center">
      <Lock aria-hidden="true" className="size-6 text-faint" />
      <div className="flex max-w-[48ch] flex-col gap-2 text-base text-balance text-muted">
        <p className="text-ink">Operators of this installation create its organizations.</p>
        <p>
          Ask one of them for an organization of your own. To join one that exists, ask an admin of it to
          invite <bdi className="text-ink">{email}</bdi>, then open the link in the invitation.
        </p>
      </div>
      {!isFirst && <LinkButton href={paths.home()}>Back to your organizations</LinkButton>}
    </div>
  );
}
