/** Asks how many owners there are, and for no more of them than it must. */
export function ownersInput(organization: string) {
  return { organization, role: "owner" as const, limit: 1 };
}
