"use client";

import { useState, type ReactNode } from "react";
import type { ApiError } from "@/components/api/explain";
import { SettingRow } from "@/components/environments/setting-row";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { DrainDialog } from "./drain-dialog";
import { PutBack } from "./put-back";

interface Order {
  isPending: boolean;
  error: ApiError | null;
}

interface PlaceDangerProps {
  /** The cluster or the pool. */
  place: { name: string; slug: string; state: string };
  /** Why each cannot be done now; null where it can. */
  refusals: Record<"activate" | "drain" | "remove", string | null>;
  /** What follows from each; `asked` is said when draining has to be confirmed. */
  words: Record<"activate" | "drain" | "asked" | "remove", string>;
  activate: Order & { reset: () => void };
  onActivate: () => void;
  drain: Order;
  onDrain: (done: () => void) => void;
  /** The dialog that asks before the place goes. */
  removal: (dialog: { open: boolean; onOpenChange: (open: boolean) => void }) => ReactNode;
}

/** Taking a cluster or a pool out of use, putting it back, and ending it. */
export function PlaceDanger({ place, refusals, words, activate, drain, ...props }: PlaceDangerProps) {
  const [open, setOpen] = useState<"drain" | "remove" | null>(null);
  const close = (next: boolean) => !next && setOpen(null);

  function order() {
    // What was refused of an earlier return says nothing about the next one.
    activate.reset();
    props.onDrain(() => setOpen(null));
  }

  return (
    <Panel title="Danger" danger flush>
      {place.state === "draining" ? (
        <PutBack activate={activate} disabledReason={refusals.activate} onActivate={props.onActivate}>
          {words.activate}
        </PutBack>
      ) : (
        <SettingRow
          title="Drain"
          action={
            <Button disabledReason={refusals.drain} onClick={() => setOpen("drain")}>
              Drain…
            </Button>
          }
        >
          {words.drain}
        </SettingRow>
      )}
      <SettingRow
        title="Remove"
        action={
          <Button variant="danger" disabledReason={refusals.remove} onClick={() => setOpen("remove")}>
            Remove…
          </Button>
        }
      >
        {words.remove}
      </SettingRow>
      <DrainDialog place={place} drain={drain} open={open === "drain"} onOpenChange={close} onDrain={order}>
        {words.asked}
      </DrainDialog>
      {props.removal({ open: open === "remove", onOpenChange: close })}
    </Panel>
  );
}
