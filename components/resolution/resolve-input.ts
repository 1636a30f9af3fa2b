import type { ApiInputs } from "@/components/api/inputs";
import type { AskedText } from "./examples";
import { readHintLines } from "./hint-lines";
import type { ResolveState } from "./resolve-params";
import { takes } from "./resolve-words";

type Asked = ApiInputs["resolution"]["explain"];

/** What the form asks, as the procedure takes it; or what is wrong with its text. */
export function resolveInput(state: ResolveState, text: AskedText): Asked | { wrong: string } {
  const request = requestOf(state, text);
  if ("wrong" in request) return request;
  const { preset, tenant, strict, shared, session, peer, hops, service } = state;
  const { issuer, keys, algorithm } = text;
  return {
    ...request,
    preset,
    ...(takes(state, "tenant") && tenant !== "" ? { tenant } : {}),
    ...(takes(state, "strict") ? { strict } : {}),
    ...(takes(state, "shared") ? { sharedHosts: filled(shared) } : {}),
    ...(takes(state, "session") && session !== "" ? { session } : {}),
    ...(issuer === "" ? {} : { issuer: { issuer, keys, algorithm } }),
    ...(peer === "" ? {} : { peer }),
    hops: filled(hops),
    ...(service === "" ? {} : { service }),
  };
}

const filled = (words: readonly string[]) => words.filter((word) => word !== "");

function requestOf(
  { as, hints }: ResolveState,
  { curl, method, target, headers }: AskedText,
): Asked | { wrong: string } {
  if (as === "curl") return curl.trim() === "" ? { wrong: "Paste a command first." } : { curl };
  if (as === "hints") {
    const read = readHintLines(hints);
    if ("hints" in read) return read;
    return {
      wrong: `“${read.wrong.slice(0, 60)}” is no hint. Write one a line, such as: header untrusted acme`,
    };
  }
  const lines = headers.split("\n").filter((line) => line.trim() !== "");
  return { transport: as, method, target: target === "" ? "/" : target, headers: lines };
}
