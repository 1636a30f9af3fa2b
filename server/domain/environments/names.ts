export const environmentTypes = [
  "production",
  "staging",
  "test",
  "development",
  "sandbox",
  "preview",
  "trial",
] as const;
export type EnvironmentType = (typeof environmentTypes)[number];

export const environmentStatuses = [
  "provisioning",
  "active",
  "suspended",
  "archived",
  "failed",
  "moving",
  "deleted",
  "deleting",
] as const;
export type EnvironmentStatus = (typeof environmentStatuses)[number];

export const regions = [
  "us-east",
  "us-west",
  "eu-west",
  "eu-central",
  "ap-southeast",
  "ap-northeast",
] as const;

/** What a storage limit is at most: 10 TB, which every engine can be told. */
export const mostStorageMb = 10 * 1024 * 1024;
/** What a row limit is at most. */
export const mostRows = 1_000_000_000_000;

/** Slugs that are addresses of the console itself. */
const reservedSlugs = new Set([
  "new",
  "fleet",
  "account",
  "operations",
  "api",
  "internal",
  "metrics",
  "sign-in",
  "sign-up",
  "sign-out",
  "set-up",
  "accept-invitation",
  "forgot-password",
  "reset-password",
  "static",
  "public",
  "favicon",
]);

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Why this cannot be a slug, as a sentence; null when it can. The schema that refuses and the form that explains read these lines. */
export function slugRefusal(slug: string): string | null {
  if (slug === "") return "Give it a slug.";
  if (slug.length > 63) return "A slug has at most 63 characters.";
  if (!/^[a-z0-9][a-z0-9-]*$/.test(slug)) {
    return "A slug has lower-case letters, digits and hyphens, and starts with a letter or digit.";
  }
  if (reservedSlugs.has(slug)) return "This slug is an address of the console. Choose another one.";
  return uuidShape.test(slug) ? "A slug must not look like an id." : null;
}

/** Proposes a slug for a name: what is left of it in ASCII, or nothing. */
export function slugFor(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f'’]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "");
}
