import { z } from "zod";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { optionsChangeKinds } from "./names";

const Value = z.record(z.string(), z.unknown());

export const OptionsPage = pageOutput(
  z.object({
    name: z.string(),
    version: z.number().int().describe("Of the overlay; 0: there was none yet."),
    overrides: z.number().int().describe("How many options the overlay names, at the top."),
    service: z.string().nullable().describe("Which service has published the set."),
    changedAt: Moment.nullable(),
    changedBy: z.string().nullable(),
  }),
);

const state = {
  name: z.string(),
  version: z.number().int().describe("Goes up with every change; 0: there was none yet."),
  value: Value.describe("The overlay: what this environment has otherwise than the defaults."),
  reason: z.string(),
  changedAt: Moment.nullable(),
  changedBy: z.string().nullable(),
};

export const OptionsState = z.object(state).meta({ id: "OptionsState" });

export const OptionsOutput = z
  .object({
    ...state,
    effective: Value.describe("The overlay over the published defaults."),
    mistakes: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .describe("Where the overlay does not fit the published schema: services go on with what they had."),
    definition: z
      .object({
        service: z.string(),
        schema: Value.nullable().describe("A JSON Schema."),
        defaults: Value,
        publishedAt: Moment,
      })
      .nullable()
      .describe("What the service that reads the set has published; null: nothing."),
  })
  .meta({ id: "Options" });

const version = {
  version: z.number().int(),
  kind: z.enum(optionsChangeKinds),
  restoredFrom: z.number().int().nullable(),
  reason: z.string(),
  changedAt: Moment,
  changedBy: z.string(),
};

export const OptionsVersion = z
  .object({ ...version, name: z.string(), value: Value })
  .meta({ id: "OptionsVersion" });

export const OptionsHistoryPage = pageOutput(
  z.object({
    ...version,
    changes: z
      .array(z.object({ path: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
      .describe("What it changed, values as JSON text; at most 100."),
  }),
);
