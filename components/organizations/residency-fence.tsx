"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { isRegion, regionOptions, type Region } from "@/components/environments/regions";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { organizationRoleMay } from "@/server/kernel/roles";

type Facts = ApiOutputs["organizations"]["get"];

const anywhere = "anywhere";
type Fence = Region | typeof anywhere;

const fenceOf = ({ residency }: Facts): Fence =>
  residency !== null && isRegion(residency) ? residency : anywhere;

const options = [{ value: anywhere, label: "Anywhere", description: "No fence" }, ...regionOptions] as const;

/** Which region the organization's data may not leave. Owners draw and lift it. */
export function ResidencyFence({ facts }: { facts: Facts }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const present = fenceOf(facts);
  const [chosen, setChosen] = useState<Fence>(present);
  const fence = useMutation(
    trpc.organizations.setResidency.mutationOptions({
      onSuccess: async ({ residency }) => {
        announce(residency ? `Fenced into ${residency}` : "The fence is lifted");
        await queries.invalidateQueries(trpc.organizations.pathFilter());
      },
    }),
  );
  const failed = fence.error ? explain(fence.error) : null;
  const refused = failed?.fields.find(({ path }) => path === "residency");
  const roleRefusal = organizationRoleMay(facts.role, "organization.fence")
    ? null
    : "Owners of the organization draw and lift the fence.";
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        fence.mutate({ organization: facts.slug, residency: chosen === anywhere ? null : chosen });
      }}
    >
      <Panel
        title="Residency"
        description="A fence keeps all of the organization's data in one region."
        footer={
          <>
            {fence.isSuccess && chosen === present && (
              <span className="mr-auto text-table text-muted">Saved</span>
            )}
            <Button
              type="submit"
              variant="primary"
              loading={fence.isPending}
              loadingLabel="Saving…"
              disabledReason={roleRefusal ?? (chosen === present ? "Nothing is changed yet" : null)}
            >
              {chosen === anywhere && present !== anywhere ? "Lift fence" : "Draw fence"}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field
            label="Its data stays in"
            error={refused?.message}
            hint={roleRefusal ?? consequence(chosen, present)}
          >
            <Select
              value={chosen}
              onValueChange={(value) => {
                fence.reset();
                setChosen(value);
              }}
              options={options}
              disabled={roleRefusal !== null}
            />
          </Field>
          {!refused && <FormError message={failed?.message} requestId={failed?.requestId ?? undefined} />}
        </div>
      </Panel>
    </form>
  );
}

function consequence(chosen: Fence, present: Fence): string {
  if (chosen !== anywhere)
    return `New environments land on clusters in ${chosen} or nowhere. It moves nothing: while any data is elsewhere, deleted but recoverable data too, the fence is refused.`;
  return present === anywhere
    ? "New environments prefer the region that is asked for, and land elsewhere when none there can take them."
    : "New environments may land in any region again. What is there already stays where it is.";
}
