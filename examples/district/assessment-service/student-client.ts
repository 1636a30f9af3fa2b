import { createFetchAs } from "@freehold/sdk/fetch-as";
import type { TenantSender } from "@freehold/sdk/outgoing";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";
import { z } from "zod";

const Student = z.object({ id: z.string(), first_name: z.string(), last_name: z.string() });
export type Student = z.infer<typeof Student>;

/** Asks the student service over HTTP, for the tenant of whoever asks this service. */
export function createStudentClient(url: string, sender: TenantSender) {
  const fetchAs = createFetchAs(sender);
  return {
    /** Null when that tenant has no such student. */
    async find(context: TenantContext, id: string): Promise<Student | null> {
      const answer = await fetchAs(context, "student-service")(`${url}/students/${id}`, {
        signal: AbortSignal.timeout(5_000),
      });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(`The student service answers ${answer.status}.`);
      return Student.parse(await answer.json());
    },
  };
}
