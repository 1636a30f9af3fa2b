import type { ApiOutputs } from "@/components/api/outputs";
import { organizationRoleWords } from "@/components/organizations/organization-words";
import { paths } from "@/components/paths";
import { SecretBox } from "@/components/ui/secret-box";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { OrganizationRole } from "@/server/kernel/roles";

export type MadeInvitation = ApiOutputs["invitations"]["create"] & { email: string; role: OrganizationRole };

/** What happens next: a link to hand over, or a mail that is on its way. */
export function InvitationMade({ made }: { made: MadeInvitation }) {
  const role = organizationRoleWords[made.role].label.toLowerCase();
  if (made.link === null) {
    return (
      <div className="flex flex-col gap-2 text-table text-muted">
        <p>
          The mail with the link is on its way. Whoever opens it and signs in as{" "}
          <bdi className="text-ink">{made.email}</bdi> joins as {role}; the link works until{" "}
          <Time value={made.expiresAt} exact />.
        </p>
        <p>
          Its delivery is one of your <TextLink href={paths.operations()}>operations</TextLink>: if the mail
          server refuses it, it says so there.
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-table text-muted">
        No mail server is set up here, so the link is yours to hand over. Whoever opens it and signs up or
        signs in as <bdi className="text-ink">{made.email}</bdi> joins as {role}.
      </p>
      <SecretBox
        secret={made.link}
        label="Invitation link"
        note="Shown this once. If it is lost, revoke the invitation and make a new one."
        fileName="invitation.txt"
      />
      <p className="text-xs text-faint">
        It works until <Time value={made.expiresAt} exact />.
      </p>
    </div>
  );
}
