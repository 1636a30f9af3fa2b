"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { hintLine } from "@/components/resolution/hint-lines";
import { TextLink } from "@/components/ui/text-link";
import { presetNames } from "@/sdk/resolution/preset-names";
import type { ViolationHint } from "@/server/domain/violations/schema";

interface ExplainLinkProps {
  hints: readonly ViolationHint[];
  policy: string | undefined;
}

/** For operators: the same hints on the page that explains them. They hold no token. */
export function ExplainLink({ hints, policy }: ExplainLinkProps) {
  const trpc = useTRPC();
  const me = useQuery(trpc.navigation.me.queryOptions({}));
  if (!me.data?.isOperator) return null;
  const preset = presetNames.find((name) => name === policy);
  const tenant = hints.find(({ source }) => source === "static")?.saw[0];
  const recorded = hints.filter(({ source }) => source !== "static");
  return (
    <p className="text-table">
      <TextLink
        href={paths.fleetResolve({
          hints: recorded.map((hint) => hintLine(hint)).join("\n"),
          ...(preset ? { preset } : {}),
          ...(tenant === undefined ? {} : { tenant }),
        })}
      >
        Explain this request
      </TextLink>
    </p>
  );
}
