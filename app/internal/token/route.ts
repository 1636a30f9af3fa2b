import { handleToken } from "@/server/api/internal/token";

export const dynamic = "force-dynamic";

export const POST = handleToken;
