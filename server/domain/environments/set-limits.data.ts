export interface Asked {
  storageLimitMb?: number;
  rowLimit?: number | null;
}

const wholeRows = "Give a whole number of rows.";
const wholeMb = "Give a whole number of MB.";
const fewRows = "The row limit is at least 1.";
const manyRows = "The row limit is at most 1,000,000,000,000.";
const littleMb = "The storage limit is at least 1 MB.";
const muchMb = "The storage limit is at most 10 TB.";

/** What is no limit, whatever environment it is for. */
export const badLimits: { title: string; asked: Record<string, unknown>; message: string }[] = [
  { title: "no rows at all", asked: { rowLimit: 0 }, message: fewRows },
  { title: "fewer rows than none", asked: { rowLimit: -1 }, message: fewRows },
  { title: "half a row", asked: { rowLimit: 1.5 }, message: wholeRows },
  { title: "more rows than there are", asked: { rowLimit: 1_000_000_000_001 }, message: manyRows },
  { title: "not a number of rows", asked: { rowLimit: Number.NaN }, message: wholeRows },
  { title: "endless", asked: { rowLimit: Number.POSITIVE_INFINITY }, message: wholeRows },
  { title: "a text", asked: { rowLimit: "100" }, message: wholeRows },
  { title: "no storage", asked: { storageLimitMb: 0 }, message: littleMb },
  { title: "less storage than none", asked: { storageLimitMb: -5 }, message: littleMb },
  { title: "half an MB", asked: { storageLimitMb: 0.5 }, message: wholeMb },
  { title: "beyond every disk", asked: { storageLimitMb: 10_485_761 }, message: muchMb },
  { title: "storage without a limit", asked: { storageLimitMb: null }, message: wholeMb },
];

const rowsElsewhere =
  "Rows are limited in a pool alone. This environment has a database of its own: limit its storage.";
const storageElsewhere = "Its server alone limits the storage of this database: limit it there.";

interface DedicatedLimit {
  placement: "a file" | "a Postgres database of its own";
  title: string;
  asked: Asked;
  outcome: "set" | "refused";
  refusal: string | null;
}

/** Which limits hold a database of its own. */
export const dedicatedLimits: DedicatedLimit[] = [
  {
    placement: "a file",
    title: "as much storage as there may be",
    asked: { storageLimitMb: 10_485_760 },
    outcome: "set",
    refusal: null,
  },
  {
    placement: "a file",
    title: "rows",
    asked: { rowLimit: 100 },
    outcome: "refused",
    refusal: rowsElsewhere,
  },
  {
    placement: "a Postgres database of its own",
    title: "storage",
    asked: { storageLimitMb: 512 },
    outcome: "refused",
    refusal: storageElsewhere,
  },
  {
    placement: "a Postgres database of its own",
    title: "rows",
    asked: { rowLimit: 100 },
    outcome: "refused",
    refusal: rowsElsewhere,
  },
  {
    placement: "a file",
    title: "both, of which one holds nothing",
    asked: { storageLimitMb: 512, rowLimit: 100 },
    outcome: "refused",
    refusal: rowsElsewhere,
  },
];
