import { createFreehold } from "@freehold/sdk";
import { sharedDb } from "@freehold/sdk/resolution/presets";
import { serve } from "@hono/node-server";
import { tellInLines, watched } from "@/examples/district/landings";
import { setting, whenEnding } from "@/examples/district/settings";
import { createStudentApp } from "./app";
import { serveEnrollments } from "./enrollments";

const freehold = createFreehold({
  url: setting("FREEHOLD_URL"),
  key: setting("FREEHOLD_SERVICE_KEY"),
  service: "student-service",
  policy: sharedDb,
  trustedContexts: ["gateway", "assessment-service"],
  databases: { searchPath: ["students"] },
});
const resolver = watched("student-service", freehold.resolver, tellInLines);
const app = createStudentApp(freehold, resolver);

const server = serve({ fetch: app.fetch, port: Number(setting("PORT")), hostname: "127.0.0.1" });
const grpc = await serveEnrollments(freehold, resolver, Number(setting("GRPC_PORT")));

whenEnding(async () => {
  server.close();
  grpc.stop();
  await freehold.close({ drainMs: 1_000 });
});
