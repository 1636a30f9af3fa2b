/** The console's page that explains a refusal, with the request in its form. */
export function explainLink(console: string, curl: string, sentTo: "gateway" | "student-service"): string {
  const asked = new URLSearchParams({ curl });
  if (sentTo === "gateway") {
    asked.set("preset", "residencySilo");
    asked.set("sharedHosts", "localhost");
    asked.set("service", "gateway");
  } else asked.set("service", sentTo);
  return `${console}/fleet/resolve?${asked.toString()}`;
}
