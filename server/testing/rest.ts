import { expect } from "vitest";
import { z } from "zod";
import { handleRest } from "@/server/api/rest/handler";

/** A caller of `/api/v1` with this key. */
export function restCaller(key: () => string) {
  return (method: string, path: string, init: RequestInit & { duplex?: "half" } = {}) => {
    const headers = new Headers({ authorization: `Bearer ${key()}` });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return handleRest(new Request(`http://localhost:3000/api/v1${path}`, { ...init, method, headers }));
  };
}

/** A body of JSON; text goes as it is. */
export function json(body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { headers: { "content-type": "application/json", ...headers }, body: text };
}

const Problem = z.object({
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  fields: z.array(z.object({ path: z.string() })).optional(),
});

/** What a problem document says, with the paths of its fields. */
export async function refusal(answer: Response | Promise<Response>) {
  const response = await answer;
  const { status, code, detail, fields } = Problem.parse(await response.json());
  expect(status).toBe(response.status);
  return { status, code, detail, fields: fields?.map((field) => field.path) };
}
