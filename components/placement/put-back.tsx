"use client";

import type { ReactNode } from "react";
import type { ApiError } from "@/components/api/explain";
import { refusalOf } from "@/components/api/refusal";
import { SettingRow } from "@/components/environments/setting-row";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";

interface PutBackProps {
  activate: { isPending: boolean; error: ApiError | null };
  disabledReason: string | null;
  onActivate: () => void;
  children: ReactNode;
}

/** Ends the draining of a cluster or a pool. */
export function PutBack({ activate, disabledReason, onActivate, children }: PutBackProps) {
  const refusal = refusalOf(activate.error);
  return (
    <>
      <SettingRow
        title="Put back into use"
        action={
          <Button
            loading={activate.isPending}
            loadingLabel="Putting back…"
            disabledReason={disabledReason}
            onClick={onActivate}
          >
            Put back into use
          </Button>
        }
      >
        {children}
      </SettingRow>
      {refusal && (
        <div className="px-4 pb-4">
          <FormError {...refusal} />
        </div>
      )}
    </>
  );
}
