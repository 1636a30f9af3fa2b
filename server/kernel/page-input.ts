import { z } from "zod";

/** The fields that every list takes: search text, keyset cursor and page size. */
export const pageInput = {
  search: z.string().trim().max(100).optional(),
  order: z.enum(["asc", "desc"]).default("asc"),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** The input of a procedure that takes none. Strict all the same, so that a body must be JSON and empty. */
export const Nothing = z.strictObject({});
