import type { EnvironmentType } from "@/server/domain/environments/names";

/** What each type is for, in a line. */
export const typeMeanings: Record<EnvironmentType, string> = {
  production: "What customers use. Red wherever it shows.",
  staging: "The last look before production.",
  test: "For automated checks; data comes and goes.",
  development: "Where the next version is built.",
  sandbox: "For trying things out without consequences.",
  preview: "Shows one change before it is merged.",
  trial: "For someone who looks before they buy.",
};

/** In the order in which people reach for them. */
export const typesByUse = [
  "staging",
  "development",
  "test",
  "production",
  "sandbox",
  "preview",
  "trial",
] as const;

const hints: readonly (readonly [RegExp, EnvironmentType])[] = [
  [/stag/, "staging"],
  [/sand|play/, "sandbox"],
  [/prev|\bpr\b/, "preview"],
  [/trial|demo/, "trial"],
  [/prod|live/, "production"],
  [/\bdev|local/, "development"],
  [/test|\bqa\b|\bci\b/, "test"],
];

/** The type that a name speaks of; null when it speaks of none. */
export function typeIn(name: string): EnvironmentType | null {
  return hints.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? null;
}
