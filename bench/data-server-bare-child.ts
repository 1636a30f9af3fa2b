import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { buffer } from "node:stream/consumers";
import { z } from "zod";

// The same statement behind the same protocol, in the process of the server, with nothing in between.
const Body = z.object({
  requests: z.tuple(
    [z.object({ stmt: z.object({ args: z.tuple([z.object({ value: z.string() })]) }) })],
    z.unknown(),
  ),
});
const [file = "", sql = ""] = process.argv.slice(2);
const db = new DatabaseSync(file);
const statement = db.prepare(sql);

const server = createServer((request, response) => {
  void buffer(request).then((body) => {
    const [{ stmt }] = Body.parse(JSON.parse(body.toString())).requests;
    const row = statement.get(Number(stmt.args[0].value));
    const text = JSON.stringify({
      baton: null,
      results: [{ type: "ok", response: { type: "execute", result: { rows: [row] } } }],
    });
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
process.stdin.once("end", () => process.exit(0)).resume();
