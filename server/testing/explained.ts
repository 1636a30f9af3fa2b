import { expect } from "vitest";
import { z } from "zod";

const Explained = z.looseObject({
  request: z.object({ method: z.string(), path: z.string(), headers: z.array(z.string()) }).nullable(),
  hints: z.array(
    z.looseObject({
      source: z.string(),
      saw: z.array(z.string()),
      trusted: z.boolean(),
      verdict: z.string(),
      reason: z.string(),
    }),
  ),
  resolved: z.object({ tenant: z.string(), decided_by: z.string(), authenticated: z.boolean() }).nullable(),
  refusal: z.object({ code: z.string(), status: z.number(), message: z.string() }).nullable(),
  landing: z.looseObject({}).nullable(),
  notes: z.array(z.string()),
});
export type Explained = z.infer<typeof Explained>;

/** The answer of `POST /api/v1/resolve`. */
export async function explained(response: Response): Promise<Explained> {
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body).slice(0, 500)).toBe(200);
  return Explained.parse(body);
}
