import { DomainError } from "@/server/kernel/errors";
import { allowedOrigins } from "./origins";

/**
 * The one check for every mutation that a cookie authorises: the browser must say that the
 * request comes from the console itself. Forwarded host headers are not consulted.
 */
export function requireSameSite(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const sameSite = site === null || site === "same-origin" || site === "none";
  if (!sameSite || origin === null || !allowedOrigins().includes(origin)) {
    throw new DomainError(
      "forbidden",
      `This request did not come from the console's own address. Open it at ${allowedOrigins()[0]}, or set FREEHOLD_BASE_URL to the address you use.`,
    );
  }
}
