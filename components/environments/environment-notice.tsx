"use client";

import { Archive, CirclePause, CircleX, Trash2, Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { environmentRefusal } from "@/server/domain/environments/state";
import { RecoverButton } from "./environment-buttons";
import { Notice } from "./notice";
import { environmentRoleRefusal } from "./role-refusal";
import type { EnvironmentDetail } from "./use-environment";

interface EnvironmentNoticeProps {
  environment: EnvironmentDetail;
  onDelete: () => void;
  onPurge: () => void;
}

/** Why an environment is not serving, since when, and what to do about it. */
export function EnvironmentNotice({ environment, onDelete, onPurge }: EnvironmentNoticeProps) {
  switch (environment.status) {
    case "suspended":
      return (
        <Notice icon={<CirclePause />} title="Services are refused while it is suspended">
          <Reason environment={environment} verb="suspended it" />
          <p>The data stays as it is. Resume puts it back into use at once.</p>
        </Notice>
      );
    case "archived":
      return (
        <Notice icon={<Archive />} title="It is archived: kept, and out of use">
          <Reason environment={environment} verb="archived it" />
          <p>Services are refused, the data stays. Resume puts it back into use at once.</p>
        </Notice>
      );
    case "failed":
      return (
        <Notice
          tone="red"
          icon={<CircleX />}
          title="Its database could not be provisioned"
          action={
            <Button
              size="sm"
              onClick={onDelete}
              disabledReason={
                environmentRoleRefusal(environment.role, "environment.delete") ??
                environmentRefusal("delete", environment)
              }
            >
              Delete
            </Button>
          }
        >
          <Reason environment={environment} verb="gave up" />
          <p>What had begun was taken back; only the registration is left. Retry provisions it again.</p>
        </Notice>
      );
    case "deleted":
      return (
        <Notice
          tone="amber"
          icon={<Undo2 />}
          title={<RecoverableUntil purgeAt={environment.purgeAt} />}
          action={
            <div className="flex flex-wrap items-start gap-2">
              <Button
                size="sm"
                onClick={onPurge}
                disabledReason={
                  environmentRoleRefusal(environment.role, "environment.delete") ??
                  environmentRefusal("purge", environment)
                }
              >
                Delete for good…
              </Button>
              <RecoverButton size="sm" variant="primary" environment={environment} />
            </div>
          }
        >
          <Reason environment={environment} verb="deleted it" />
          <p>
            Services and credentials are refused, the data is kept and the slug stays taken. Recover puts it
            back into use as it was.
          </p>
        </Notice>
      );
    case "deleting":
      return (
        <Notice tone="amber" icon={<Trash2 />} title="It is being deleted">
          <Reason environment={environment} verb="ordered it" />
          <p>
            The database goes first, the registration last. Then this page moves to the list of environments.
          </p>
        </Notice>
      );
    default:
      return null;
  }
}

function RecoverableUntil({ purgeAt }: { purgeAt: Date | null }) {
  if (!purgeAt) return "It is deleted and can be recovered";
  return (
    <>
      It is deleted and can be recovered until <Time exact value={purgeAt} />
    </>
  );
}

function Reason({ environment, verb }: { environment: EnvironmentDetail; verb: string }) {
  const { outOfService, statusReason } = environment;
  if (!outOfService && !statusReason) return null;
  return (
    <p className="[overflow-wrap:anywhere] text-ink">
      {outOfService && (
        <>
          <bdi>{outOfService.actor}</bdi> {verb} <Time value={outOfService.at} />
        </>
      )}
      {outOfService && statusReason ? ": " : ""}
      <bdi>{statusReason}</bdi>
      {statusReason.endsWith(".") ? "" : "."}
    </p>
  );
}
