import { handleContextKeys } from "@/server/api/internal/context-keys";

export const dynamic = "force-dynamic";

export const GET = handleContextKeys;
