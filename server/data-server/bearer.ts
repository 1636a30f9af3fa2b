import type { IncomingMessage } from "node:http";
import { Secret } from "@/server/kernel/secret";
import { readHeader } from "./read-header";
import { RequestError } from "./request-error";

const longest = 4_096;

const refused = (code: string, message: string) => new RequestError(code, message, 401);

/** The token that a request carries. */
export function bearerOf({ rawHeaders }: IncomingMessage): Secret {
  const [value, ...others] = readHeader(rawHeaders, "authorization");
  if (value === undefined)
    throw refused("AUTH_HTTP_HEADER_MISSING", "Send a token: Authorization: Bearer <token>.");
  const [scheme = "", token = "", ...rest] = value.split(" ");
  if (scheme.toLowerCase() !== "bearer")
    throw refused("AUTH_HTTP_HEADER_UNSUPPORTED_SCHEME", "The only scheme is Bearer.");
  if (others.length > 0 || rest.length > 0 || token.length > longest || !/^[\x21-\x7e]+$/.test(token))
    throw refused("AUTH_HTTP_HEADER_INVALID", "The Authorization header is not valid.");
  return new Secret(token);
}
