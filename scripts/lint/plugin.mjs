import { circlesRule } from "./rule-circles.mjs";
import { layersRule } from "./rule-layers.mjs";
import { proceduresRule, strictSchemasRule } from "./rule-procedures.mjs";
import {
  bareTransactionRule,
  castsRule,
  fileNamesRule,
  noReexportRule,
  reasonedRule,
} from "./rule-shape.mjs";
import { verbsRule } from "./rule-verbs.mjs";

export default {
  meta: { name: "freehold" },
  rules: {
    "bare-transaction": bareTransactionRule,
    casts: castsRule,
    circles: circlesRule,
    "file-names": fileNamesRule,
    layers: layersRule,
    "no-reexport": noReexportRule,
    procedures: proceduresRule,
    reasoned: reasonedRule,
    "strict-schemas": strictSchemasRule,
    verbs: verbsRule,
  },
};
