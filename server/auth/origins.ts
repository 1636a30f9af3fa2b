import { env } from "@/server/kernel/env";

/** The origins that the console is served from. Without FREEHOLD_BASE_URL those of this machine's own port. */
export function allowedOrigins(): string[] {
  const { baseUrl, baseUrlIsSet, port } = env();
  return baseUrlIsSet ? [baseUrl] : [baseUrl, `http://127.0.0.1:${port}`];
}
