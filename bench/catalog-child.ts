import { once } from "node:events";
import { createServer } from "node:http";
import { z } from "zod";

/** A control plane that knows every tenant, of memory alone: what remains is the cost of those who ask. */

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  response.setHeader("content-type", "application/json");
  if (pathname.endsWith("/changes")) {
    const told = JSON.stringify({ changes: [], next: 1, reset: false });
    if (searchParams.get("wait") === "0") response.end(told);
    else setTimeout(() => response.end(told), 5_000);
    return;
  }
  const tenant = pathname.split("/").at(-1) ?? "";
  response.setHeader("etag", `"${tenant.slice(-27)}"`);
  response.end(
    JSON.stringify({
      tenant,
      organization: `organization-${tenant.slice(-6)}`,
      environment: "production",
      status: "active",
      epoch: 3,
      isolation: "shared",
      driver: "postgres",
      region: "us-east",
      hostname: `t-${tenant.slice(-6)}.example.com`,
      max_age_seconds: 3600,
    }),
  );
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = z.object({ port: z.number() }).parse(server.address());
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
