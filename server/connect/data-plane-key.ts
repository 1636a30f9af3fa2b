import { timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/server/kernel/master-secret";

/** What the console shows to the data plane: derived from the secret that both have. */
export const dataPlaneKey = (): string => deriveKey("data-plane.v1").toString("hex");

export function isDataPlaneKey(given: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(dataPlaneKey())];
  return a.length === b.length && timingSafeEqual(a, b);
}
