import { handleTenantOptions } from "@/server/api/internal/options";

export const dynamic = "force-dynamic";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ tenant: string; name: string }> },
): Promise<Response> {
  return handleTenantOptions(request, await params);
}
