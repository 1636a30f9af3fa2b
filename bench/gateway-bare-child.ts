import httpProxy from "@fastify/http-proxy";
import fastify from "fastify";

// The proxy library by itself, as its own documentation starts it.
const [upstream = ""] = process.argv.slice(2);
const server = fastify({ keepAliveTimeout: 65_000 });
await server.register(httpProxy, { upstream });
await server.listen({ port: 0, host: "127.0.0.1" });
process.stdout.write(`${JSON.stringify(server.server.address())}\n`);
process.stdin.once("end", () => process.exit(0)).resume();
