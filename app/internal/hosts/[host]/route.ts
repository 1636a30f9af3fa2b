import { handleHost } from "@/server/api/internal/handler";

export const dynamic = "force-dynamic";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ host: string }> },
): Promise<Response> {
  return handleHost(request, (await params).host);
}
