import type { RadioCard } from "@/components/ui/radio-cards";
import { driverKinds } from "@/server/domain/clusters/names";
import { driverWords } from "./placement-words";

export type DriverChoice = "best" | (typeof driverKinds)[number];

export const driverChoices: readonly RadioCard<DriverChoice>[] = [
  {
    value: "best",
    label: "Best fit",
    description: "The rules of this installation decide; what they decide stands beside.",
  },
  ...driverKinds.map((value) => ({
    value,
    label: driverWords[value].label,
    description: driverWords[value].meaning,
  })),
];
