import { createFreehold } from "@freehold/sdk";
import { sharedDb } from "@freehold/sdk/resolution/presets";
import { tellInLines, watched } from "@/examples/district/landings";
import { setting, whenEnding } from "@/examples/district/settings";
import { createEnrollmentsClient } from "@/examples/district/student-service/enrollments";
import { createAssessmentApp } from "./app";
import { startScoring } from "./scoring";
import { createStudentClient } from "./student-client";

const freehold = createFreehold({
  url: setting("FREEHOLD_URL"),
  key: setting("FREEHOLD_SERVICE_KEY"),
  service: "assessment-service",
  policy: sharedDb,
  // Its own contexts come back to it with the messages that it sends itself.
  trustedContexts: ["gateway", "assessment-service"],
  databases: { searchPath: ["assessments"] },
});
const resolver = watched("assessment-service", freehold.resolver, tellInLines);
const students = createStudentClient(setting("STUDENTS_URL"), freehold.sender);
const enrollments = createEnrollmentsClient(setting("ENROLLMENTS_ADDRESS"), freehold.sender);
const scoring = startScoring({
  freehold,
  resolver,
  redis: { host: "127.0.0.1", port: Number(setting("REDIS_PORT")) },
  onError: (error) => void process.stderr.write(`${String(error)}\n`),
});
const app = createAssessmentApp(freehold, resolver, {
  findStudent: students.find,
  getEnrollment: enrollments.get,
  askScore: scoring.ask,
});

const server = app.listen(Number(setting("PORT")), "127.0.0.1");

whenEnding(async () => {
  server.close();
  await scoring.stop();
  enrollments.close();
  await freehold.close({ drainMs: 1_000 });
});
