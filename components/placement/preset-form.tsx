"use client";

import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import type { PlacementPreset } from "@/server/domain/placement/names";
import { presetWords, type Policy } from "./placement-words";
import { usePlacementRefresh } from "./use-placement-refresh";

/** How a home is found when no rule decides. */
export function PresetForm({ preset, presets }: Pick<Policy, "preset" | "presets">) {
  const trpc = useTRPC();
  const refresh = usePlacementRefresh();
  const [draft, setDraft] = useState<PlacementPreset | null>(null);
  const chosen = draft ?? preset;
  const save = useMutation(
    trpc.placement.setPreset.mutationOptions({
      onSuccess: async () => {
        await refresh();
        setDraft(null);
      },
    }),
  );
  const refusal = refusalOf(save.error);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen !== preset && !save.isPending) save.mutate({ preset: chosen });
  }
  return (
    <form method="post" onSubmit={submit}>
      <Panel
        title="Preset"
        description="What decides when no rule does."
        footer={
          <>
            {save.isSuccess && chosen === preset && (
              <span role="status" className="mr-auto text-xs text-muted">
                Saved. It holds for what is placed from now on.
              </span>
            )}
            <Button
              type="submit"
              variant="primary"
              loading={save.isPending}
              loadingLabel="Saving…"
              disabledReason={chosen === preset ? "Nothing has changed" : null}
            >
              Save
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <RadioCards
            legend="Preset"
            hideLegend
            name="preset"
            columns={2}
            value={chosen}
            onValueChange={setDraft}
            options={presets.map(({ name, refusal: reason }) => ({
              value: name,
              label: presetWords[name].label,
              description: presetWords[name].meaning,
              disabledReason: reason && `${presetWords[name].meaning} ${reason}`,
            }))}
          />
          <FormError
            message={refusal?.message}
            {...(refusal?.requestId ? { requestId: refusal.requestId } : {})}
          />
        </div>
      </Panel>
    </form>
  );
}
