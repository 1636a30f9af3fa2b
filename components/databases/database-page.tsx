"use client";

import { RefreshCw } from "lucide-react";
import { LoadError } from "@/components/api/load-error";
import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { useEnvironment, type EnvironmentDetail } from "@/components/environments/use-environment";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { environmentRefusal } from "@/server/domain/environments/state";
import { Size, Stamp, Whereabouts } from "./database-facts";
import { DatabasePanelsSkeleton, DatabaseSkeleton } from "./database-skeleton";
import { DatabaseTables } from "./database-tables";
import { NoDatabase, UnreadableDatabase } from "./database-unavailable";
import { useInspection, type Inspection } from "./use-inspection";

interface DatabasePageProps {
  organization: string;
  environmentId: string;
  /** Operators find the pool behind its name. */
  isOperator: boolean;
}

/** What an environment's database is and has in it, looked at now. */
export function DatabasePage({ organization, environmentId, isOperator }: DatabasePageProps) {
  const query = useEnvironment(organization, environmentId);
  const environment = query.data;
  const refusal = environment ? environmentRefusal("inspect", environment) : null;
  const inspection = useInspection(environmentId, environment !== undefined && refusal === null);
  if (!environment)
    return query.error ? <LoadError what="environment" query={query} /> : <DatabaseSkeleton />;
  return (
    <Page
      title="Database"
      badges={
        <span className="text-table">
          <EnvironmentStatusDot status={environment.status} />
        </span>
      }
      action={
        <Button
          loading={inspection.isFetching}
          loadingLabel="Looking…"
          disabledReason={refusal}
          onClick={() => void inspection.refetch()}
        >
          <RefreshCw aria-hidden="true" />
          Look again
        </Button>
      }
    >
      {refusal ? (
        <NoDatabase environment={environment} />
      ) : (
        <Inside environment={environment} inspection={inspection} isOperator={isOperator} />
      )}
    </Page>
  );
}

interface InsideProps {
  environment: EnvironmentDetail;
  inspection: Inspection;
  isOperator: boolean;
}

function Inside({ environment, inspection, isOperator }: InsideProps) {
  const { data: database, error } = inspection;
  if (error) {
    return (
      <UnreadableDatabase environment={environment} error={error} onRetry={() => void inspection.refetch()} />
    );
  }
  if (!database) return <DatabasePanelsSkeleton />;
  return (
    <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        <Whereabouts database={database} isOperator={isOperator} />
        <DatabaseTables database={database} />
      </div>
      <div className="flex min-w-0 flex-col gap-5 max-lg:order-first">
        <Size database={database} />
        <Stamp stamp={database.stamp} environmentId={environment.id} />
      </div>
    </div>
  );
}
