import { handleChanges } from "@/server/api/internal/handler";

export const dynamic = "force-dynamic";

export const GET = handleChanges;
