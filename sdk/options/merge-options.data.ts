import type { JsonObject } from "./json.ts";

/** What lies under, what lies over, and what comes of it. */
export const merges: [name: string, under: JsonObject, over: JsonObject, merged: JsonObject][] = [
  ["nothing over something", { a: 1 }, {}, { a: 1 }],
  ["something over nothing", {}, { a: 1 }, { a: 1 }],
  ["a value over a value", { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
  [
    "a falsy value over a value",
    { a: 1, b: "x", c: true },
    { a: 0, b: "", c: false },
    { a: 0, b: "", c: false },
  ],
  ["an object over an object", { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  ["deep objects", { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 9 } } }, { a: { b: { c: 9, d: 2 } } }],
  ["an empty object over an object", { a: { b: 1 } }, { a: {} }, { a: { b: 1 } }],
  ["a list over a list: as a whole", { a: [1, 2, 3] }, { a: [9] }, { a: [9] }],
  ["an empty list over a list", { a: [1] }, { a: [] }, { a: [] }],
  ["a list of objects: as a whole", { a: [{ b: 1, c: 2 }] }, { a: [{ b: 9 }] }, { a: [{ b: 9 }] }],
  ["a null in a list: stays", { a: [1] }, { a: [null] }, { a: [null] }],
  ["null: the default stands", { a: 1, b: { c: 2 } }, { a: null, b: { c: null } }, { a: 1, b: { c: 2 } }],
  ["null over nothing: nothing", {}, { a: null }, {}],
  ["null in an object that is new", {}, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
  ["a null that is the default", { a: null }, {}, { a: null }],
  ["a value over a null", { a: null }, { a: 1 }, { a: 1 }],
  ["an object over a value", { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
  ["a value over an object", { a: { b: 2 } }, { a: 1 }, { a: 1 }],
  ["an object over a list", { a: [1] }, { a: { b: 2 } }, { a: { b: 2 } }],
  ["a list over an object", { a: { b: 2 } }, { a: [1] }, { a: [1] }],
  ["keys that objects have anyway", { toString: 1 }, { valueOf: 2 }, { toString: 1, valueOf: 2 }],
];
