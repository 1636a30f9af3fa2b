import { cn } from "@/components/ui/cn";
import type { EnvironmentType } from "@/server/domain/environments/names";

import { EnvironmentPill } from "./environment-pill";

export interface EnvironmentNameProps {
  name: string;
  type: EnvironmentType;
  className?: string;
}

/** A name with its pill; a long name truncates, the pill stays. */
export function EnvironmentName({ name, type, className }: EnvironmentNameProps) {
  return (
    <span className={cn("inline-flex max-w-full min-w-0 items-center gap-2 align-top", className)}>
      <bdi title={name} className="min-w-0 truncate">
        {name}
      </bdi>
      <EnvironmentPill type={type} />
    </span>
  );
}
