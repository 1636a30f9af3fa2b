"use client";

import { useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { SecretBox } from "@/components/ui/secret-box";
import { Time } from "@/components/ui/time";

interface KeyOnceProps {
  added: ApiOutputs["services"]["add"];
  open: boolean;
  onClose: () => void;
}

/** The key of a service that was just added, and a first question to ask with it. */
export function KeyOnce({ added: { service, key }, open, onClose }: KeyOnceProps) {
  const trpc = useTRPC();
  // Any environment that this person knows makes the command one that runs.
  const places = useQuery(trpc.navigation.places.queryOptions({ text: "" }));
  const known = places.data?.recent[0] ?? places.data?.environments[0];
  const url = `${window.location.origin}/internal/tenants/${known?.id ?? "TENANT"}/db-info`;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      sticky
      size="lg"
      title="Its key"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        <SecretBox
          secret={key}
          label={service.name}
          note="Freehold keeps a fingerprint of it only: it is not shown again."
          fileName={`freehold-service-${service.start}.txt`}
        />
        {service.scopes.includes("connect") && (
          <div className="flex min-w-0 flex-col gap-1.5">
            <p className="text-table text-muted">
              {known ? (
                <>
                  Ask where the data of{" "}
                  <bdi>
                    {known.organization.slug}/{known.slug}
                  </bdi>{" "}
                  is:
                </>
              ) : (
                "Ask where a tenant’s data is, with the id of an environment for TENANT:"
              )}
            </p>
            <CodeBlock inline code={`curl -H "Authorization: Bearer ${key}" ${url}`} />
          </div>
        )}
        <p className="text-xs text-faint">
          {service.expiresAt ? (
            <>
              It ends <Time value={service.expiresAt} />, or when you revoke it.
            </>
          ) : (
            "It works until you revoke it."
          )}
        </p>
      </div>
    </Dialog>
  );
}
