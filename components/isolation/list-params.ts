import { parseAsString } from "nuqs/server";
import { listParams } from "@/components/lists/list-params";
import { findingStates, runKinds, severities } from "@/server/domain/isolation/names";

const { sort: _findingSort, ...findings } = listParams(["severity"], {
  severity: severities,
  state: findingStates,
});

/** Findings come with the worst first. */
export const isolationFindingParams = { ...findings, pool: parseAsString };

const { sort: _runSort, ...runs } = listParams(["finished"], { kind: runKinds }, "desc");

export const isolationRunParams = runs;

/** As many pools as fit on one page. */
export const poolsInput = { limit: 100 };
