/** What a token says of itself, which nobody has vouched for; empty when it cannot be read. */
export function unprovenClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return typeof claims === "object" && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

/** Whom it says that it is for: the first, where there are several. */
export function unprovenAudience(token: string): string {
  const named: unknown[] = [unprovenClaims(token)["aud"]].flat();
  return named.find((one): one is string => typeof one === "string" && one !== "") ?? "anybody";
}
