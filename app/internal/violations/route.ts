import { handleViolations } from "@/server/api/internal/violations";

export const dynamic = "force-dynamic";

export const POST = handleViolations;
