import type { Route } from "next";
import type { Refusal } from "@/components/api/refusal";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { LinkButton } from "@/components/ui/link-button";

interface SubmitFooterProps {
  refusal: Refusal | null;
  cancelTo: Route;
  label: string;
  busy: boolean;
  busyLabel: string;
  disabledReason?: string | null;
}

/** Below the summary of a form's page: why it was refused, the way out, and the button. */
export function SubmitFooter({ refusal, cancelTo, label, busy, busyLabel, ...props }: SubmitFooterProps) {
  return (
    <div className="flex w-full flex-col gap-3">
      {refusal && <FormError {...refusal} />}
      <div className="flex flex-wrap justify-end gap-2">
        <LinkButton href={cancelTo}>Cancel</LinkButton>
        <Button type="submit" variant="primary" loading={busy} loadingLabel={busyLabel} {...props}>
          {label}
        </Button>
      </div>
    </div>
  );
}
