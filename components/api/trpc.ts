import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@/server/api/root";

/** The API as the browser sees it: `useTRPC().environments.list.queryOptions(…)`. */
export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();
