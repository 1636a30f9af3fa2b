import { builtInSources } from "./resolution/collect.ts";
import type { HintContributor } from "./transports/incoming.ts";
import type { ResolutionPolicy } from "./resolution/policy.ts";
import { preparePolicy } from "./resolution/prepare-policy.ts";

/** What a program in plain JavaScript may have left out. */
interface Settings {
  service?: unknown;
  policy?: ResolutionPolicy;
  contributors?: readonly HintContributor[];
}

/** Throws TypeError for settings that could only fail at the first request, or leave out a check without a word. */
export function checkSettings({ service, policy, contributors = [] }: Settings): void {
  if (typeof service !== "string" || service.trim() === "")
    throw new TypeError("service is the name of this service in Freehold.");
  if (!Array.isArray(policy?.order))
    throw new TypeError(
      "policy is a preset of @freehold/sdk/resolution/presets, or an object such as these.",
    );
  const { places } = preparePolicy(policy);
  const own = new Set(contributors.map(({ source }) => source));
  for (const source of places.keys())
    if (!builtInSources.has(source) && !own.has(source))
      throw new TypeError(`The policy lists "${source}", which no source and no contributor is called.`);
  for (const source of own)
    if (!places.has(source))
      throw new TypeError(
        `The policy does not list "${source}", so this contributor's hints would not count.`,
      );
}
