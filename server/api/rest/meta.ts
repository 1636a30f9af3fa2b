import type { OpenApiMeta, OpenApiMethod } from "trpc-to-openapi";

/** What a procedure says of its place in the REST API. */
export interface RestMeta extends OpenApiMeta {
  /** Of an answer that went well; 202 where long work was ordered. */
  status?: SuccessStatus;
  /** True where `Idempotency-Key` makes a repetition give the first answer. */
  honoursIdempotencyKey?: boolean;
}

export type SuccessStatus = 200 | 201 | 202;

/** Puts a procedure at an address below `/api/v1`. Parameters in the path are fields of its input. */
export function rest(
  route: `${OpenApiMethod} /${string}`,
  summary: string,
  more: Omit<RestMeta, "openapi"> = {},
): RestMeta {
  const space = route.indexOf(" ");
  return {
    ...more,
    // The document gives every operation the same problem documents, so none are generated.
    openapi: {
      method: methodOf(route.slice(0, space)),
      path: `/${route.slice(space + 2)}`,
      summary,
      errorResponses: [],
    },
  };
}

const methods: readonly OpenApiMethod[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export function methodOf(text: string): OpenApiMethod {
  const method = methods.find((known) => known === text);
  if (!method) throw new Error(`${text} is not a method of the REST API.`);
  return method;
}
