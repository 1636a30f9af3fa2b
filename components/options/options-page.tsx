"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { Notice } from "@/components/environments/notice";
import { useEnvironment, type EnvironmentDetail } from "@/components/environments/use-environment";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import { ClearDialog, RestoreDialog } from "./options-dialogs";
import { OptionsEditor } from "./options-editor";
import { OptionsHistory } from "./options-history";
import { optionsRefusal } from "./options-refusal";
import { OptionsSkeleton } from "./options-skeleton";
import { overridesText, type OptionsDetail } from "./options-words";

interface OptionsPageProps {
  organization: string;
  environmentId: string;
  name: string;
}

/** One set of options: what is otherwise here, what services get, and who changed what. */
export function OptionsPage({ organization, environmentId, name }: OptionsPageProps) {
  const trpc = useTRPC();
  const environment = useEnvironment(organization, environmentId);
  const options = useQuery(trpc.options.get.queryOptions({ environment: environmentId, name }));
  if (environment.data && options.data)
    return <Options environment={environment.data} options={options.data} />;
  if (environment.error) return <LoadError what="environment" query={environment} />;
  if (options.error) return <LoadError what="options" query={options} />;
  return <OptionsSkeleton />;
}

function Options({ environment, options }: { environment: EnvironmentDetail; options: OptionsDetail }) {
  const [clearing, setClearing] = useState(false);
  const [restoring, setRestoring] = useState<number | null>(null);
  const overrides = Object.keys(options.value).length;
  const nothing = overrides === 0 ? "The defaults stand already." : null;
  return (
    <Page
      title={<span className="font-mono">{options.name}</span>}
      facts={<Facts items={factsOf(options)} />}
      action={
        <Button disabledReason={optionsRefusal(environment) ?? nothing} onClick={() => setClearing(true)}>
          Go back to the defaults…
        </Button>
      }
    >
      {options.mistakes.length > 0 && <Mistakes options={options} />}
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <OptionsEditor environment={environment} options={options} />
        <OptionsHistory environment={environment} options={options} onRestore={setRestoring} />
      </div>
      <RestoreDialog
        environment={environment}
        options={options}
        version={restoring}
        onClose={() => setRestoring(null)}
      />
      <ClearDialog
        environment={environment}
        options={options}
        open={clearing}
        onClose={() => setClearing(false)}
      />
    </Page>
  );
}

function factsOf({ version, value, changedAt, changedBy, definition }: OptionsDetail) {
  return [
    { term: "Version", value: version === 0 ? "none yet" : version },
    { term: "Otherwise here", value: overridesText(Object.keys(value).length) },
    ...(changedAt
      ? [
          {
            term: "Changed",
            value: (
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <Time value={changedAt} /> by <bdi>{changedBy}</bdi>
              </span>
            ),
          },
        ]
      : []),
    {
      term: "Published by",
      value: definition ? (
        <span>
          <bdi>{definition.service}</bdi>, <Time value={definition.publishedAt} />
        </span>
      ) : (
        "no service: any JSON is taken"
      ),
    },
  ];
}

function Mistakes({ options: { definition, mistakes } }: { options: OptionsDetail }) {
  return (
    <Notice
      tone="amber"
      icon={<TriangleAlert />}
      title={`This does not fit what ${definition?.service ?? "the service"} has published`}
    >
      <p>Services go on with the last version that fitted, or with the defaults.</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {mistakes.map(({ path, message }) => (
          <li key={path} className="[overflow-wrap:anywhere]">
            {path && <code className="text-xs text-ink">{path}</code>} {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
