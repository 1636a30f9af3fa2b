import { createFreehold } from "@freehold/sdk";
import { sharedDb } from "@freehold/sdk/resolution/presets";

/** Its `sender` goes with what is sent, its `resolver` is asked about what arrives. */
export function connectAssessments(url: string, key: string) {
  const trustedContexts = ["gateway", "students"];
  return createFreehold({ url, key, service: "assessments", policy: sharedDb, trustedContexts });
}
