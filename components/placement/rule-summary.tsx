"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import type { SelectOption } from "@/components/ui/select-option";
import { matchWords } from "./placement-words";
import { any, type RuleForm } from "./rule-form";

interface RuleSummaryProps {
  form: UseFormReturn<RuleForm>;
  targets: readonly SelectOption[];
}

/** The rule in words, as it will stand in the list. */
export function RuleSummary({ form, targets }: RuleSummaryProps) {
  const [tier, envType, region, fence, cluster] = useWatch({
    control: form.control,
    name: ["tier", "envType", "region", "fence", "cluster"],
  });
  const target = targets.find(({ value }) => value === cluster)?.label;
  return (
    <p className="rounded-md bg-sunken px-3 py-2 text-table text-muted">
      {matchWords({
        tier: tier === any ? null : tier,
        envType: envType === any ? null : envType,
        region: region === any ? null : region,
        fenced: fence === any ? null : fence === "fenced",
      })}
      {" → "}
      {target ?? "nowhere yet"}
    </p>
  );
}
