import type { ReactNode } from "react";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { EmptyState } from "@/components/ui/empty-state";

interface NoCredentialProps {
  environment: EnvironmentDetail;
  /** The button that issues one. */
  issue: ReactNode;
}

/** In place of the table: rarely seen, as services have theirs. */
export function NoCredential({ environment, issue }: NoCredentialProps) {
  return (
    <EmptyState
      action={issue}
      command={`freehold credential issue ${environment.organization.slug}/${environment.slug} --name "Build pipeline" --scope readwrite`}
    >
      Credentials that open this database are listed here. Issue one for each program that connects.
    </EmptyState>
  );
}
