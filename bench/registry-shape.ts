/** How a registry of a hundred thousand environments is spread: one vast organization, some large, many small. */
export const shape = {
  vast: 20_000,
  large: { organizations: 2_000, environments: 20 },
  small: { organizations: 20_000, environments: 2 },
  people: 5_000,
  /** Members and invitations of the vast organization. */
  members: 5_000,
  invitations: 2_000,
  /** Environments of it that one plain member belongs to. */
  memberships: 500,
  /** Organizations that one person belongs to. */
  organizationsOfOne: 500,
  auditEntries: 100_000,
  findings: 2_000,
};

/** One organization of it. */
export interface Home {
  id: string;
  slug: string;
  environments: number;
  owner: string;
}
