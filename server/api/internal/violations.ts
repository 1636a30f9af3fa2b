import { identifyService } from "@/server/connect/identify-service";
import { reportViolations } from "@/server/connect/report-violations";
import { controlDb } from "@/server/db/client";
import { ReportViolations } from "@/server/domain/violations/schema";
import { answer } from "./answer";
import { readFields } from "./read-fields";

/** `POST /internal/violations`: requests that a service refused over their tenant. */
export function handleViolations(request: Request): Promise<Response> {
  return answer(async (requestId) => {
    const db = await controlDb();
    const service = await identifyService(db, request.headers, "report");
    const report = await readFields(request, ReportViolations);
    const told = await reportViolations(db, service, report, requestId);
    return Response.json(told, { status: 202, headers: { "cache-control": "no-store" } });
  });
}
