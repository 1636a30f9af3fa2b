import { handlePublishOptions } from "@/server/api/internal/options";

export const dynamic = "force-dynamic";

export async function PUT(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  return handlePublishOptions(request, (await params).name);
}
