import { createServer } from "node:http";

// As little as a server can do: the same bytes for everybody.
const [bytes = "1024"] = process.argv.slice(2);
const text = "x".repeat(Number(bytes));

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": text.length });
  response.end(text);
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
process.stdin.once("end", () => process.exit(0)).resume();
