// Runs in the server before anything of it: each request gets a tally of its own, told when its answer is out.
import { AsyncLocalStorage } from "node:async_hooks";
import { Server } from "node:http";

const tallies = new AsyncLocalStorage();
globalThis[Symbol.for("freehold.round-trips")] = tallies;

const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...about) {
  if (event !== "request") return emit.call(this, event, ...about);
  const [request, response] = about;
  const tally = { count: 0 };
  response.once("close", () => process.send({ path: request.url, roundTrips: tally.count }));
  return tallies.run(tally, () => emit.call(this, event, ...about));
};
