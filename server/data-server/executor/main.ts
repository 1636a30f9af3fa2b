import { readSync, writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { encodeFrame, readFrame } from "@/server/data-server/frames";
import type { Command, FinalReport, Report, RunCommand } from "@/server/data-server/messages";
import { malformed } from "@/server/data-server/request-error";
import { prepareLayout } from "@/server/drivers/sqlite/layout";
import {
  closeAll,
  createConnections,
  endSession,
  forgetDatabase,
  giveSession,
  takeDropped,
  takeSession,
} from "./connections";
import { runCursor } from "./cursor";
import { isBusy, toRequestError } from "./errors";
import { runPipeline } from "./pipeline";
import { createMeter, waitForWriter } from "./run";

// The server's end of this pipe is its only other end: a read that gives nothing means that it is gone.
const pipe = 3;
const beatMs = 50;

const [directory = "", most = ""] = process.argv.slice(2);
const connections = createConnections(prepareLayout(directory), Number(most));

function send(report: Report, body?: string): void {
  const bytes = encodeFrame(report, body);
  for (let at = 0; at < bytes.length;) at += writeSync(pipe, bytes, at);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw malformed("The body is not valid JSON.");
  }
}

interface Ending {
  report: FinalReport;
  body?: string;
}

/** A command runs to its end before the next is read, so a beat tells the server that a statement has ended. */
function beats(): () => void {
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < beatMs) return;
    last = now;
    send({ type: "beat" });
  };
}

function run(command: RunCommand, body: Buffer): Ending {
  const request = parse(body);
  const session = takeSession(connections, command);
  const texts = new Map(session.texts);
  const meter = createMeter(command.limits, command.patient, beats());
  let text = "";
  let failure: unknown;
  try {
    text =
      command.kind === "pipeline"
        ? runPipeline(session, request, meter)
        : runCursor(session, request, meter, (lines) => send({ type: "part" }, lines));
  } catch (error) {
    failure = error;
  }
  // It will be asked again as a whole, and stores its texts then.
  if (failure === waitForWriter) session.texts = texts;
  if (meter.mayHaveGrown) session.connection.isCurrent();
  const sizeBytes = session.connection.sizeBytes();
  const state = giveSession(connections, command.stream, session);
  const dropped = takeDropped(connections);
  if (failure === undefined) return { report: { type: "done", state, sizeBytes, dropped }, body: text };
  if (failure === waitForWriter) return { report: { type: "busy", dropped } };
  const { code, message, status } = toRequestError(failure, command.limits);
  return { report: { type: "refused", code, message, status, state, dropped } };
}

function carryOut(command: Command, body: Buffer): Ending {
  try {
    if (command.type === "run") return run(command, body);
    if (command.type === "end") endSession(connections, command.stream);
    else forgetDatabase(connections, command.database);
    return { report: { type: "done", state: "closed", sizeBytes: 0, dropped: takeDropped(connections) } };
  } catch (error) {
    if (isBusy(error) && command.type === "run" && command.patient)
      return { report: { type: "busy", dropped: takeDropped(connections) } };
    const limits = command.type === "run" ? command.limits : { sizeMb: 0 };
    const { code, message, status } = toRequestError(error, limits);
    const dropped = takeDropped(connections);
    return { report: { type: "refused", code, message, status, state: "free", dropped } };
  }
}

const asCommand = (head: unknown) => head as Command;

send({ type: "ready" });
// Most executors are killed: what they have compiled is kept now, or never.
flushCompileCache();
for (;;) {
  const frame = readFrame((into, at) => readSync(pipe, into, at, into.length - at, null));
  if (!frame) break;
  const { report, body } = carryOut(asCommand(frame.head), frame.body);
  send(report, body);
}
closeAll(connections);
