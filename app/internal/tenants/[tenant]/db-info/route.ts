import { handleDbInfo } from "@/server/api/internal/handler";

export const dynamic = "force-dynamic";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  return handleDbInfo(request, (await params).tenant);
}
