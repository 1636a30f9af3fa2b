import { labelRefusal, mostLabels } from "@/server/domain/clusters/names";

type Labels = Record<string, string>;

/** Labels as a person edits them: a line for each, `name=value`. */
export function labelLines(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}

/** The labels that the lines spell, or the sentence that says which line does not. */
export function parseLabels(lines: string): { labels: Labels } | { refusal: string } {
  const labels = new Map<string, string>();
  for (const line of lines.split("\n").map((text) => text.trim())) {
    if (line === "") continue;
    const [name = "", ...rest] = line.split("=");
    const [key, value] = [name.trim(), rest.join("=").trim()];
    const refusal = labelRefusal(key, value);
    if (refusal) return { refusal: `“${line}”: ${refusal}` };
    if (labels.has(key)) return { refusal: `The label ${key} is there twice.` };
    labels.set(key, value);
  }
  if (labels.size > mostLabels) return { refusal: `A cluster has at most ${mostLabels} labels.` };
  return { labels: Object.fromEntries(labels) };
}

/** Whether the lines are labels, as a form asks. */
export function checkLabels(lines: string): true | string {
  const parsed = parseLabels(lines);
  return "refusal" in parsed ? parsed.refusal : true;
}
