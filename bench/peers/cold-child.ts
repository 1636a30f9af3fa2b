import { createServer } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { createMultiTenantRouter } from "@objectstack/driver-turso";

// The peer's router behind node:http: the path names the file, the body is not looked at.
const [directory = "", sql = ""] = process.argv.slice(2);
const router = createMultiTenantRouter({ urlTemplate: `file:${join(directory, "{tenant}.db")}` });

async function answer(url = ""): Promise<string> {
  const driver = await router.getDriverForTenant(url.split("/", 2)[1] ?? "");
  return JSON.stringify(await driver.execute(sql, [1]));
}

const server = createServer((request, response) => {
  void buffer(request)
    .then(() => answer(request.url))
    .then((text) => {
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      });
      response.end(text);
    });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
process.stdin.once("end", () => process.exit(0)).resume();
