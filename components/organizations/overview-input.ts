/** The environments that the overview shows: the default one first, and not all of many. */
export function overviewInput(organization: string) {
  return { organization, sort: "default" as const, limit: 12 };
}
