/** The console's page that explains a refusal, with what the receiver saw: a hint a line, and no proof of anything. */
export function explainLink(
  console: string,
  { hints, to }: { hints: readonly string[]; to: "gateway" | "student-service" },
): string {
  const asked = new URLSearchParams({ as: "hints", hints: hints.join("\n") });
  asked.set("preset", to === "gateway" ? "residencySilo" : "sharedDb");
  if (to === "gateway") asked.set("shared", "localhost");
  return `${console}/fleet/resolve?${asked.toString()}`;
}
