import superjson from "superjson";
import { z } from "zod";
import { handleTrpc } from "@/server/api/handler";
import { createApiKey } from "@/server/domain/api-keys/create";
import type { UserContext } from "@/server/kernel/context";

const Answer = z.object({
  result: z.object({ data: z.custom<Parameters<typeof superjson.deserialize>[0]>() }),
});

/** Asks the console's API as a person, through the door that the browser uses. */
export interface ApiClient {
  /** The output of a query; throws when it is refused. */
  query(path: string, input: Record<string, unknown>): Promise<unknown>;
  /** SQL round trips of the newest call, as `Server-Timing` says them. */
  roundTrips(): number;
}

export async function apiClient(person: UserContext): Promise<ApiClient> {
  const { key } = await createApiKey(person, { name: "Bench", days: 1 });
  let roundTrips = 0;
  return {
    async query(path, input) {
      const url = new URL(`http://localhost:3000/api/trpc/${path}`);
      url.searchParams.set("input", JSON.stringify(superjson.serialize(input)));
      const response = await handleTrpc(new Request(url, { headers: { authorization: `Bearer ${key}` } }));
      const text = await response.text();
      if (!response.ok) throw new Error(`${path} ${JSON.stringify(input)}: ${text}`);
      roundTrips = Number(/desc="(\d+)/.exec(response.headers.get("server-timing") ?? "")?.[1]);
      return superjson.deserialize(Answer.parse(JSON.parse(text)).result.data);
    },
    roundTrips: () => roundTrips,
  };
}
