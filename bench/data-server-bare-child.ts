import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { Socket } from "node:net";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { buffer } from "node:stream/consumers";
import { z } from "zod";

// The same statement behind the same protocol, in the process of the server, with nothing in
// between; or, with a word behind it, after another process has sent the body back as it was.
const Body = z.object({
  requests: z.tuple(
    [z.object({ stmt: z.object({ args: z.tuple([z.object({ value: z.string() })]) }) })],
    z.unknown(),
  ),
});
const [directory = "", sql = "", hops] = process.argv.slice(2);
const there = hops === undefined ? null : startHop();
const statements = new Map<string, StatementSync>();

/** The statement on the database that the path names, which is opened at its first request. */
function statementOf(url = ""): StatementSync {
  const name = url.split("/", 2)[1] ?? "";
  const known = statements.get(name);
  if (known) return known;
  const statement = new DatabaseSync(join(directory, `${name}.db`)).prepare(sql);
  statements.set(name, statement);
  return statement;
}

/** There and back to a process that reads blocking, as an executor does. One at a time, and short ones only. */
function startHop(): (bytes: Buffer) => Promise<Buffer> {
  const child = spawn(process.execPath, ["bench/echo-child.js"], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const pipe = child.stdio[3];
  if (!(pipe instanceof Socket)) throw new Error("The pipe to the process is missing.");
  let take: (bytes: Buffer) => void = () => {};
  pipe.on("data", (bytes: Buffer) => take(bytes));
  return (bytes) =>
    new Promise((resolve) => {
      take = resolve;
      pipe.write(bytes);
    });
}

const server = createServer((request, response) => {
  void buffer(request).then(async (given) => {
    const body = there ? await there(given) : given;
    const [{ stmt }] = Body.parse(JSON.parse(body.toString())).requests;
    const row = statementOf(request.url).get(Number(stmt.args[0].value));
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
