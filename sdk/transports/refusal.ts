import { isFreeholdError } from "../errors/freehold-error.ts";
import { statusOf, type RefusalCode } from "../errors/refusal-code.ts";
import { sentences } from "../errors/sentences.ts";

/** A refusal as an HTTP answer: an RFC 9457 problem document. */
export interface Problem {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** The answer to an error that is no refusal. It says nothing of the error. */
export const failure: Problem = problem(500, "internal", "Something went wrong.");

const codes = Object.keys(sentences) as RefusalCode[];
const problems = new Map<string, Problem>(codes.map((code) => [code, refusalProblem(code)]));

/**
 * What a caller is told of a FreeholdError: status, title, stable code, and one fixed sentence. All
 * 401 have one same body, and no problem holds an id, a hint or the explanation. Null for any other error.
 */
export function problemOf(error: unknown): Problem | null {
  return isFreeholdError(error) ? (problems.get(error.code) ?? failure) : null;
}

/** The same as a Fetch response. */
export function problemResponse({ status, headers, body }: Problem): Response {
  return new Response(body, { status, headers });
}

/** The reason phrase of a status that a problem has. */
export function titleOf(status: number): string {
  return titles[status] ?? "Error";
}

function refusalProblem(code: RefusalCode): Problem {
  const status = statusOf[code];
  return problem(status, status === 401 ? "unauthenticated" : code, sentences[code]);
}

function problem(status: number, code: string, detail: string): Problem {
  const body = JSON.stringify({ type: "about:blank", title: titleOf(status), status, code, detail });
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "content-length": String(Buffer.byteLength(body)),
      "cache-control": "no-store",
      ...(status === 401 && { "www-authenticate": "Bearer" }),
    },
    body,
  };
}
