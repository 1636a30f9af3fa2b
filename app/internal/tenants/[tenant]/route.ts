import { handleTenant } from "@/server/api/internal/handler";

export const dynamic = "force-dynamic";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  return handleTenant(request, (await params).tenant);
}
