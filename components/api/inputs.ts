import type { inferRouterInputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What each procedure takes. */
export type ApiInputs = inferRouterInputs<AppRouter>;
