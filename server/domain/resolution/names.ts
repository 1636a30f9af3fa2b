/** How what is asked about would travel. */
export const transports = ["http", "grpc", "message"] as const;

/** What tokens of another issuer may be signed by. */
export const issuerAlgorithms = ["EdDSA", "ES256", "ES384", "PS256", "RS256"] as const;
export type IssuerAlgorithm = (typeof issuerAlgorithms)[number];

export const longestCommand = 32_768;
export const longestTarget = 4096;
export const longestLine = 16_384;
