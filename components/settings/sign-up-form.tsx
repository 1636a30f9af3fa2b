"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import type { SignUpPolicy } from "@/server/domain/settings/schema";
import { ChoiceCards, type Choice } from "./choice-cards";

const choices: readonly Choice<SignUpPolicy>[] = [
  {
    value: "open",
    label: "Open",
    hint: "Anyone who reaches the console can make an account and an organization of their own.",
  },
  {
    value: "invited",
    label: "For the invited only",
    hint: "An account needs an invitation from a member. People who are here already are not affected.",
  },
];

interface SignUpFormProps {
  policy: SignUpPolicy;
  /** FREEHOLD_SIGN_UP decides instead. */
  fixed: boolean;
}

/** Who may make an account. */
export function SignUpForm({ policy, fixed }: SignUpFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<SignUpPolicy | null>(null);
  const chosen = draft ?? policy;
  const save = useMutation(
    trpc.settings.setSignUp.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.settings.pathFilter());
        setDraft(null);
      },
    }),
  );
  const failed = save.error ? explain(save.error) : null;
  const reason = fixed ? "FREEHOLD_SIGN_UP decides this. Unset it and restart to choose here." : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!fixed && chosen !== policy && !save.isPending) save.mutate({ policy: chosen });
  }

  return (
    <form method="post" onSubmit={submit}>
      <Panel
        title="Sign-up"
        description="Who may make an account on this installation."
        footer={
          <>
            {save.isSuccess && chosen === policy && (
              <span role="status" className="mr-auto text-xs text-muted">
                Saved. It holds from now on.
              </span>
            )}
            <Button
              type="submit"
              variant="primary"
              loading={save.isPending}
              loadingLabel="Saving…"
              disabledReason={reason ?? (chosen === policy ? "Nothing has changed" : null)}
            >
              Save
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <ChoiceCards
            legend="Who may sign up"
            name="sign-up"
            value={chosen}
            onChange={setDraft}
            options={choices}
            disabledReason={reason}
          />
          <FormError message={failed?.message} requestId={failed?.requestId ?? undefined} />
        </div>
      </Panel>
    </form>
  );
}
