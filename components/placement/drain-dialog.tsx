"use client";

import type { ReactNode } from "react";
import type { ApiError } from "@/components/api/explain";
import { refusalOf } from "@/components/api/refusal";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

interface DrainDialogProps {
  /** The cluster or the pool. */
  place: { name: string; slug: string };
  drain: { isPending: boolean; error: ApiError | null };
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDrain: () => void;
  children: ReactNode;
}

/** Asks before placement passes a cluster or a pool by. */
export function DrainDialog({ place, drain, open, onOpenChange, onDrain, children }: DrainDialogProps) {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      danger={false}
      title={
        <>
          Drain <bdi>{place.name}</bdi>
        </>
      }
      reversal="It can be put back into use at any time."
      confirmLabel={`Drain ${place.slug}`}
      busyLabel={`Draining ${place.slug}…`}
      busy={drain.isPending}
      error={refusalOf(drain.error)}
      onConfirm={onDrain}
    >
      {children}
    </ConfirmDialog>
  );
}
