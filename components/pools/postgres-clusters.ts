import type { ApiInputs } from "@/components/api/inputs";
import type { ApiOutputs } from "@/components/api/outputs";

/** Where pools can be: what the page reads on the server and the form in the browser. */
export const postgresClusters = {
  driver: "postgres",
  limit: 100,
} as const satisfies ApiInputs["clusters"]["list"];

export type ClusterRow = ApiOutputs["clusters"]["list"]["items"][number];
