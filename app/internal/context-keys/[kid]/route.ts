import { handlePutContextKey } from "@/server/api/internal/context-keys";

export const dynamic = "force-dynamic";

export async function PUT(
  request: Request,
  { params }: { params: Promise<{ kid: string }> },
): Promise<Response> {
  return handlePutContextKey(request, (await params).kid);
}
