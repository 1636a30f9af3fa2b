import { headers } from "next/headers";

const pathnameHeader = "x-freehold-path";

/** The address that is being rendered, as `proxy.ts` noted it; where sign-in comes back to. */
export async function getPathname(): Promise<string> {
  return (await headers()).get(pathnameHeader) ?? "/";
}
