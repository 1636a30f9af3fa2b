"use client";

import { Archive, CirclePause, CircleX, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { environmentRefusal } from "@/server/domain/environments/state";
import { environmentRoleRefusal } from "./role-refusal";
import type { EnvironmentDetail } from "./use-environment";

interface EnvironmentNoticeProps {
  environment: EnvironmentDetail;
  onDelete: () => void;
}

/** Why an environment is not serving, since when, and what to do about it. */
export function EnvironmentNotice({ environment, onDelete }: EnvironmentNoticeProps) {
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

const tones = {
  grey: "border-line-strong bg-sunken [&>svg]:text-muted",
  amber: "border-amber/30 bg-amber-soft [&>svg]:text-amber",
  red: "border-red/30 bg-red-soft [&>svg]:text-red",
};

interface NoticeProps {
  tone?: keyof typeof tones;
  icon: ReactNode;
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A box above the page's content that says what has to be known first. */
function Notice({ tone = "grey", icon, title, action, children }: NoticeProps) {
  return (
    <section
      aria-label={title}
      className={cn(
        "flex min-w-0 items-start gap-3 rounded-md border px-4 py-3 text-table [&>svg]:mt-px [&>svg]:size-4 [&>svg]:shrink-0",
        tones[tone],
      )}
    >
      {icon}
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72 text-muted">
          <p className="font-medium text-ink">{title}</p>
          {children}
        </div>
        {action}
      </div>
    </section>
  );
}
