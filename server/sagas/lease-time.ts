/** How long a lease holds unless it is renewed. */
export const leaseMs = 10_000;
