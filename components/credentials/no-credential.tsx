import type { ReactNode } from "react";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface NoCredentialProps {
  environment: EnvironmentDetail;
  /** The button that issues one. */
  issue: ReactNode;
  /** Takes the filters off; null when there are none. */
  onReset: (() => void) | null;
}

/** In place of the table; services have theirs, so it is mostly a filter that leaves none. */
export function NoCredential({ environment, issue, onReset }: NoCredentialProps) {
  if (onReset)
    return (
      <EmptyState action={<Button onClick={onReset}>Reset filters</Button>}>
        No credential matches these filters.
      </EmptyState>
    );
  return (
    <EmptyState
      action={issue}
      command={`freehold credential issue ${environment.organization.slug}/${environment.slug} --name "Build pipeline" --scope readwrite`}
    >
      Credentials that open this database are listed here. Issue one for each program that connects.
    </EmptyState>
  );
}
