import { connectSchools } from "./connect";
import { createSchoolServer } from "./server";

const serviceKey = process.env.FREEHOLD_SERVICE_KEY;
const url = process.env.FREEHOLD_URL ?? "http://localhost:3000";
const port = Number(process.env.PORT ?? 5000);

if (serviceKey) serve(serviceKey);
else {
  process.stderr.write("Set FREEHOLD_SERVICE_KEY: bin/freehold service add Schools prints one.\n");
  process.exitCode = 2;
}

function serve(key: string): void {
  const freehold = connectSchools(url, key);
  const server = createSchoolServer(freehold, (error) => console.error(error));
  server.listen(port, "127.0.0.1", () => console.log(`Schools are served at http://localhost:${port}`));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      server.close();
      void freehold.close();
    });
}
