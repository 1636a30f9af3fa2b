import type { z } from "zod";
import type { PlacementStep } from "./answers";
import { printTable } from "./print";

/** How a home was found, step by step. */
export function printSteps(steps: z.infer<typeof PlacementStep>[]): void {
  printTable(
    ["PLACED BY", "", "VERDICT", "WHY"],
    steps.map(({ kind, label, verdict, reason }) => [kind, label, verdict, reason]),
  );
}
