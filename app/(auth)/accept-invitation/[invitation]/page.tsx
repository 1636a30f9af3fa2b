import type { Metadata } from "next";
import { AcceptInvitationForm } from "@/components/auth/accept-invitation-form";
import { JoinForm } from "@/components/auth/join-form";
import { paths } from "@/components/paths";
import { AuthCard } from "@/components/shell/auth-card";
import { LinkButton } from "@/components/ui/link-button";
import { attempt } from "@/server/api/attempt";
import { api, getQueryClient } from "@/server/api/server";

// The address carries a secret, which must not travel on as a referrer.
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

interface Props {
  params: Promise<{ invitation: string }>;
  searchParams: Promise<{ token?: string | string[] }>;
}

const roles = { owner: "an owner", admin: "an admin", member: "a member" };

export default async function AcceptInvitationPage({ params, searchParams }: Props) {
  const { invitation } = await params;
  const { token } = await searchParams;
  const ticket = { invitation, token: typeof token === "string" ? token : "" };
  const client = getQueryClient();
  const preview = await attempt(client.fetchQuery(api.invitations.preview.queryOptions(ticket)));
  if (!preview.ok) {
    return (
      <AuthCard title="This invitation does not work" description={preview.message}>
        <LinkButton href={paths.signIn()}>Go to sign-in</LinkButton>
      </AuthCard>
    );
  }
  const { organization, inviter, email, role, hasAccount } = preview.value;
  const me = await attempt(client.fetchQuery(api.navigation.me.queryOptions({})));
  const description = (
    <>
      <bdi>{inviter}</bdi> invites you to be {roles[role]} there.
    </>
  );
  return (
    <AuthCard title={`Join ${organization}`} description={description}>
      <Way
        me={me.ok ? me.value.email : null}
        email={email}
        hasAccount={hasAccount}
        ticket={ticket}
        organization={organization}
      />
    </AuthCard>
  );
}

interface WayProps {
  me: string | null;
  email: string;
  hasAccount: boolean;
  ticket: { invitation: string; token: string };
  organization: string;
}

function Way({ me, email, hasAccount, ticket, organization }: WayProps) {
  if (me === email) return <AcceptInvitationForm {...ticket} organization={organization} />;
  const here = paths.acceptInvitation(ticket.invitation, ticket.token);
  if (me !== null || hasAccount) {
    return (
      <div className="flex flex-col gap-4 text-table text-muted">
        <p>
          The invitation is for <span className="text-ink">{email}</span>
          {me === null
            ? ". Sign in with it to accept."
            : `, and you are signed in as ${me}. Sign in with the invited address to accept.`}
        </p>
        <LinkButton variant="primary" href={paths.signIn(here)}>
          Sign in as {email}
        </LinkButton>
      </div>
    );
  }
  return <JoinForm {...ticket} email={email} organization={organization} />;
}
