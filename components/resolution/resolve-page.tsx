"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { MutationError } from "@/components/environments/mutation-error";
import { Page } from "@/components/shell/page";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { ExampleButtons } from "./example-buttons";
import { nothingAsked, nothingWritten, type AskedText, type Example } from "./examples";
import { IssuerFields } from "./issuer-fields";
import { PolicyFields } from "./policy-fields";
import { RequestFields } from "./request-fields";
import { ResolvedWay } from "./resolved-way";
import { resolveInput } from "./resolve-input";
import { resolveParams, type ResolveState } from "./resolve-params";
import { resolveTexts } from "./resolve-skeleton";

const command = "freehold resolve --curl - --preset sharedDb";

/** A request is pasted, and the way it takes to its tenant or to a refusal is drawn. */
export function ResolvePage() {
  const trpc = useTRPC();
  const samples = useQuery(trpc.resolution.samples.queryOptions({}));
  const [state, setState] = useQueryStates(resolveParams, { history: "replace" });
  const [text, setText] = useState(nothingWritten);
  const [wrong, setWrong] = useState<string | null>(null);
  // Not kept once the page is left: a token may be in it.
  const result = useRef<HTMLDivElement>(null);
  const explain = useMutation({ ...trpc.resolution.explain.mutationOptions(), gcTime: 0 });

  function ask(asked: ResolveState, said: AskedText) {
    const input = resolveInput(asked, said);
    setWrong("wrong" in input ? input.wrong : null);
    if (!("wrong" in input)) explain.mutate(input, { onSettled: () => bringIntoSight(result.current) });
  }
  function show({ state: filled, text: said }: Example) {
    const asked = { ...state, ...filled };
    const written = { ...text, ...nothingAsked, ...said };
    void setState(asked);
    setText(written);
    ask(asked, written);
  }
  useAskedByAddress(state, () => ask(state, text));

  return (
    <Page {...resolveTexts}>
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[25rem_minmax(0,1fr)]">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            ask(state, text);
          }}
          className="flex min-w-0 flex-col gap-5"
        >
          <Panel title="Request" action={<ExampleButtons samples={samples.data} onChoose={show} />}>
            <RequestFields
              state={state}
              text={text}
              wrong={wrong}
              isAsking={explain.isPending}
              onState={(changed) => void setState(changed)}
              onText={(changed) => setText({ ...text, ...changed })}
            />
          </Panel>
          <Panel title="Service" description="How the service that gets it is set up.">
            <div className="flex min-w-0 flex-col gap-4">
              <PolicyFields state={state} onState={(changed) => void setState(changed)} />
              <IssuerFields text={text} onText={(changed) => setText({ ...text, ...changed })} />
            </div>
          </Panel>
        </form>
        <div
          ref={result}
          aria-live="polite"
          className={cn("flex min-w-0 scroll-mt-16 flex-col gap-5", explain.isPending && "opacity-60")}
        >
          <MutationError error={explain.error} />
          {explain.data ? (
            <ResolvedWay explained={explain.data} />
          ) : (
            <Panel>
              <EmptyState command={command}>
                The way of the request will stand here: each hint, whether it counts, the tenant, and where
                that lives.
              </EmptyState>
            </Panel>
          )}
        </div>
      </div>
    </Page>
  );
}

/** On a narrow screen the answer stands below the form. */
function bringIntoSight(place: HTMLElement | null): void {
  if (place && place.getBoundingClientRect().top > window.innerHeight / 2) place.scrollIntoView();
}

/** An address with hints in it asks by itself, once: an entry of the audit trail leads to one. */
function useAskedByAddress({ as, hints }: ResolveState, ask: () => void) {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    if (as === "hints" && hints !== "") ask();
  });
}
