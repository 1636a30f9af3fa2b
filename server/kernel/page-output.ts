import { z } from "zod";

/** A moment: a Date inside, an ISO 8601 string in JSON. */
export const Moment = z.date().meta({ override: { type: "string", format: "date-time" } });

/** One page of a list, with the cursors of the pages around it. */
export function pageOutput<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe("Cursor of the next page; null on the last one."),
    previous: z.string().nullable().describe("Cursor of the page before; null on the first one."),
    total: z.number().int().describe("How many there are in all, counted up to 10,001."),
  });
}
