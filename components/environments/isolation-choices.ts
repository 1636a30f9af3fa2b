import type { RadioCard } from "@/components/ui/radio-cards";
import { isolations } from "@/server/domain/placement/names";
import { isolationWords } from "./placement-words";

export type IsolationChoice = "rules" | (typeof isolations)[number];

const labels: Record<(typeof isolations)[number], string> = {
  dedicated: "A database of its own",
  shared: "Shared",
};

const meanings: Record<(typeof isolations)[number], string> = {
  dedicated: "With its own schema and its own logins, on any driver.",
  shared: `${isolationWords.shared.meaning} Operators install the packages of a pool, for all of its tenants.`,
};

export const isolationChoices: readonly RadioCard<IsolationChoice>[] = [
  {
    value: "rules",
    label: "As the rules decide",
    description: "What the rules of this installation decide stands beside.",
  },
  ...isolations.map((value) => ({ value, label: labels[value], description: meanings[value] })),
];
