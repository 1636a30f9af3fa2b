import { handleJwks } from "@/server/api/internal/jwks";

export const dynamic = "force-dynamic";

export const GET = handleJwks;
