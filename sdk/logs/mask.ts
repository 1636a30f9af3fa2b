import { createHmac } from "node:crypto";

/** How much of a tenant's id may be seen in logs, traces and metrics. Ids are classified: nothing, unless it is said. */
export type MaskPolicy =
  | { show: "nothing" }
  /** The same text for the same tenant in this installation, and in no other. The salt is a secret of 16 characters or more. */
  | { show: "hashed"; salt: string }
  | { show: "last four" }
  | { show: "everything" };

/** Gives what may be seen of a tenant's id; null: nothing. Applied to what it gave, it gives the same. */
export type Mask = (tenant: string) => string | null;

const hashed = /^t_[\w-]{16}$/;

/** Throws for a salt that is too short to be one. */
export function createMask(policy: MaskPolicy): Mask {
  switch (policy.show) {
    case "nothing":
      return () => null;
    case "everything":
      return (tenant) => tenant;
    case "last four":
      return (tenant) => `…${tenant.slice(-4)}`;
    case "hashed":
      return hashWith(policy.salt);
  }
}

// An id has no underscore, so that a hash is none.
function hashWith(salt: string): Mask {
  if (salt.length < 16) throw new RangeError("The salt of hashed tenant ids has 16 characters or more.");
  return (tenant) => {
    if (hashed.test(tenant)) return tenant;
    return `t_${createHmac("sha256", salt).update(tenant).digest("base64url").slice(0, 16)}`;
  };
}
