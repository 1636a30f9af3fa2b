"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { environmentRefusal, limitRefusal } from "@/server/domain/environments/state";
import type { EnvironmentDetail } from "./use-environment";

const LimitsDialog = lazy(async () => ({ default: (await import("./limits-dialog")).LimitsDialog }));

/** Opens the dialog that changes the limits; each time with what holds now. */
export function LimitsButton({ environment }: { environment: EnvironmentDetail }) {
  const [open, setOpen] = useState(false);
  const [round, setRound] = useState(0);
  return (
    <>
      <Button
        size="sm"
        disabledReason={
          limitRefusal("storageLimitMb", environment.placement) ??
          environmentRefusal("setLimits", environment)
        }
        onClick={() => {
          setRound(round + 1);
          setOpen(true);
        }}
      >
        Set limits
      </Button>
      {round > 0 && (
        <Suspense>
          <LimitsDialog key={round} environment={environment} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
