"use client";

import { useState } from "react";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { acceptInvitation } from "./accept-invitation";

interface AcceptInvitationFormProps {
  invitation: string;
  token: string;
  organization: string;
}

/** For someone who is signed in with the invited address. */
export function AcceptInvitationForm({ invitation, token, organization }: AcceptInvitationFormProps) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function accept() {
    setBusy(true);
    setRefusal(null);
    const outcome = await acceptInvitation(invitation, token);
    if (outcome.ok) {
      window.location.assign(paths.organization(outcome.data.organization.slug));
      return;
    }
    setRefusal(outcome.message);
    setBusy(false);
  }
  return (
    <div className="flex flex-col gap-4">
      <FormError message={refusal} />
      <Button variant="primary" loading={busy} loadingLabel="Joining…" onClick={() => void accept()}>
        Join {organization}
      </Button>
    </div>
  );
}
