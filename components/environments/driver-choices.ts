import type { RadioCard } from "@/components/ui/radio-cards";
import { driverKinds } from "@/server/domain/clusters/names";
import type { IsolationChoice } from "./isolation-choices";
import { driverWords } from "./placement-words";

export type DriverChoice = "best" | (typeof driverKinds)[number];

/** The drivers to choose from; pools are on Postgres only. */
export function driverChoices(isolation: IsolationChoice): RadioCard<DriverChoice>[] {
  const isShared = isolation === "shared";
  return [
    {
      value: "best",
      label: "As the rules decide",
      description: "What the rules of this installation decide stands beside.",
    },
    ...driverKinds.map((value) => ({
      value,
      label: driverWords[value].label,
      description: isShared
        ? "Rows of its own in a database that many tenants share."
        : driverWords[value].meaning,
      disabledReason: isShared && value !== "postgres" ? "Pools are on Postgres." : null,
    })),
  ];
}
