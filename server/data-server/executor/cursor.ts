import { runBatch } from "./batch";
import type { Session } from "./connections";
import { readFields } from "./fields";
import { effectText, errorText } from "./pipeline";
import { waitForWriter, type Meter } from "./run";

const chunk = 64_000;

/** Runs a batch and gives its entries as lines of JSON, as they come, in pieces of some 64 kB. */
export function runCursor(
  session: Session,
  body: unknown,
  meter: Meter,
  give: (lines: string) => void,
): string {
  let lines = "";
  const put = (line: string) => {
    lines += `${line}\n`;
    if (lines.length < chunk) return;
    give(lines);
    lines = "";
  };
  try {
    runBatch(session, readFields(body, "The body")["batch"], meter, {
      begin: (step) => ({
        columns: (text) => put(`{"type":"step_begin","step":${step},"cols":${text}}`),
        row: (text) => put(`{"type":"row","row":${text}}`),
      }),
      end: (_step, effect) => put(`{"type":"step_end",${effectText(effect)}}`),
      fail: (step, error) => put(`{"type":"step_error","step":${step},"error":${errorText(error, meter)}}`),
    });
  } catch (error) {
    if (error === waitForWriter) throw error;
    put(`{"type":"error","error":${errorText(error, meter)}}`);
  }
  return lines;
}
