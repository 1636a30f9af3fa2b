import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Freehold may be on this machine, whatever the browser thinks of the network; and what cannot
      // be sent says so, instead of being sent unasked when the network is back.
      queries: { staleTime: 5_000, retry: 1, networkMode: "always" },
      mutations: { networkMode: "always" },
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        shouldRedactErrors: () => false,
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
