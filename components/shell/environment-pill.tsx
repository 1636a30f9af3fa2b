import { cn } from "@/components/ui/cn";
import type { EnvironmentType } from "@/server/domain/environments/names";

import { environmentLabels } from "./environment-type";

export interface EnvironmentPillProps {
  type: EnvironmentType;
  className?: string;
}

/** The type of an environment, in the colour it has everywhere. */
export function EnvironmentPill({ type, className }: EnvironmentPillProps) {
  const label = environmentLabels[type];
  return (
    <span
      data-environment={type}
      title={label.long}
      className={cn(
        "env-pill inline-flex h-4 shrink-0 items-center rounded-sm px-1 font-mono text-micro font-medium tracking-[0.04em]",
        className,
      )}
    >
      {label.short}
    </span>
  );
}
