import type { Freehold } from "@freehold/sdk";
import { answerRefusals, resolveTenant, tenantOf } from "@freehold/sdk/express";
import type { TenantResolver } from "@freehold/sdk/incoming";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";
import express, { type ErrorRequestHandler } from "express";
import { mistakesIn } from "@/examples/district/mistakes";
import { AskAssessment, assessmentsPackage, listResults, openAssessment } from "./assessments";
import type { Student } from "./student-client";

const minSchema = assessmentsPackage;

/** What the service needs of others, each asked for the tenant that it is asked for. */
export interface Neighbours {
  findStudent(context: TenantContext, id: string): Promise<Student | null>;
  getEnrollment(context: TenantContext, student: string): Promise<{ grade: string }>;
  askScore(context: TenantContext, taken: { assessment: string; student: string }): Promise<void>;
}

/** What the service answers over HTTP. */
export function createAssessmentApp(
  freehold: Pick<Freehold, "withDatabase">,
  resolver: TenantResolver,
  neighbours: Neighbours,
) {
  return express()
    .get("/health", (_request, response) => void response.send("ok"))
    .use(resolveTenant(resolver))
    .use(express.json())
    .get("/assessments/results", async (request, response) => {
      const options = { minSchema, readOnly: true };
      response.json({ results: await freehold.withDatabase(tenantOf(request), listResults, options) });
    })
    .post("/assessments", async (request, response) => {
      const asked = AskAssessment.safeParse(request.body);
      if (!asked.success) {
        response.status(400).json(mistakesIn(asked.error));
        return;
      }
      const context = tenantOf(request);
      const { student_id: id, subject } = asked.data;
      const student = await neighbours.findStudent(context, id);
      if (!student) {
        response.status(404).json({ code: "not_found", detail: "No such student." });
        return;
      }
      const { grade } = await neighbours.getEnrollment(context, id);
      const open = (database: Parameters<typeof openAssessment>[0]) =>
        openAssessment(database, { subject, grade });
      const assessment = await freehold.withDatabase(context, open, { minSchema });
      await neighbours.askScore(context, { assessment, student: id });
      response.status(202).json({ student, grade, assessment });
    })
    .use(answerRefusals())
    .use(answerMalformed);
}

/** A body that is no JSON is not answered with Express's page. */
const answerMalformed: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof SyntaxError)
    response.status(400).json({ code: "invalid", detail: "Send a JSON object." });
  else next(error);
};
