import { presetNames } from "@/sdk/resolution/preset-names";
import { z } from "zod";
import { issuerAlgorithms, longestCommand, longestLine, longestTarget, transports } from "./names";

const text = (most: number) => z.string().max(most, `At most ${most.toLocaleString("en")} characters.`);

const RecordedHint = z
  .strictObject({
    source: text(60).regex(/^[a-z][a-z0-9-]*$/, "A source is a word in lower case."),
    saw: z.array(text(1000)).max(10),
    trusted: z.boolean(),
    malformed: text(500).optional().describe("Why it could not be read."),
    ignored: text(500).optional().describe("Why it did not count."),
  })
  .meta({ id: "RecordedHint" });
export type RecordedHint = z.infer<typeof RecordedHint>;

const ForeignIssuer = z
  .strictObject({
    issuer: text(500).min(1, "Name the issuer as its tokens do."),
    keys: text(65_536)
      .min(2, "Paste the issuer's keys.")
      .describe("Its JSON Web Key Set, as text. Nothing is fetched."),
    algorithm: z.enum(issuerAlgorithms).default("EdDSA"),
    type: text(60).min(1).default("at+jwt").describe("The type in the token's header."),
  })
  .meta({ id: "ForeignIssuer" });
export type ForeignIssuer = z.infer<typeof ForeignIssuer>;

/** A request to be explained: a `curl` command, or its parts, or hints that a service has recorded. */
export const ExplainRequest = z
  .strictObject({
    curl: text(longestCommand).optional().describe("A curl command. It is read and never run."),
    transport: z.enum(transports).default("http"),
    method: z
      .string()
      .regex(/^[A-Za-z]{1,20}$/, "A method is a word, such as GET.")
      .optional(),
    target: text(longestTarget)
      .optional()
      .describe("An address or a path; of gRPC /package.Service/Method; of a message its queue."),
    headers: z
      .array(text(longestLine))
      .max(100, "At most 100 headers.")
      .optional()
      .describe("Headers, or metadata, as lines `Name: value`."),
    hints: z.array(RecordedHint).max(20, "At most 20 hints.").optional(),
    preset: z.enum(presetNames).default("sharedDb"),
    tenant: text(63).optional().describe("The tenant in the policy, for presets that have one."),
    strict: z.boolean().default(true).describe("Whether what a request says must agree with that tenant."),
    sharedHosts: z.array(text(255)).max(20).default([]).describe("Hosts that all tenants share."),
    session: text(63).optional().describe("The tenant that the service keeps in the caller's session."),
    peer: z
      .union([z.ipv4(), z.ipv6()], "A peer is an IP address, such as 203.0.113.9.")
      .optional()
      .describe("The address at the other end of the service's connection."),
    hops: z.array(text(60)).max(20).default([]).describe("Addresses and networks of gateways."),
    service: text(255)
      .optional()
      .describe(
        "The service as which it is asked: its name is the audience of tokens, its scope that of the login.",
      ),
    issuer: ForeignIssuer.optional().describe("Whose tokens are taken besides Freehold's own."),
  })
  .refine(({ curl, target, headers, hints }) => {
    const kinds = [curl !== undefined, target !== undefined || headers !== undefined, hints !== undefined];
    return kinds.filter(Boolean).length === 1;
  }, "Give a curl command, or a target and headers, or recorded hints: one of the three.");
export type ExplainRequest = z.infer<typeof ExplainRequest>;
