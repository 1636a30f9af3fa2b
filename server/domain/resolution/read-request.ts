import { gathered, readHeaderLine, readTarget, type AskedRequest } from "./asked-request";
import { readCurl } from "./read-curl";
import type { ExplainRequest } from "./schema";

/** The request that is asked about, however it was given; throws `invalid` with the field. */
export function readRequest(input: ExplainRequest): AskedRequest {
  if (input.curl !== undefined) return readCurl(input.curl);
  const { transport, target = "/" } = input;
  const { host, path } = readTarget(target, "target");
  const lines = (input.headers ?? []).filter((line) => line.trim() !== "");
  const headers = gathered(lines.map((line) => readHeaderLine(line, "headers")));
  if (transport === "http" && host !== null && !headers.has("host")) headers.set("host", [host]);
  const method = { http: input.method ?? "GET", grpc: "POST", message: "message" }[transport];
  return { transport, method, path, headers, notes: [] };
}
