import { at, rule, testPlacements, type Golden } from "@/server/testing/placements";

const files = at("files sqlite us-east");
const east = at("east postgres us-east");
const west = at("west postgres eu-west");
const spare = at("spare sqlite eu-west");

const golden: Golden[] = [
  {
    title: "an installation of one tenant takes the first",
    preset: "DedicatedSingleTenant",
    clusters: [files],
    lands: "files",
    says: ["taken preset DedicatedSingleTenant: It leads to files in us-east."],
  },
  {
    title: "and no other, not even by a rule or by name",
    preset: "DedicatedSingleTenant",
    clusters: [at("files sqlite us-east", { databaseCount: 1 })],
    rules: [rule("All", "sqlite")],
    asks: { cluster: "files" },
    lands: "precondition",
    says: [
      "refused preset DedicatedSingleTenant: This installation serves one tenant, and that one is there.",
    ],
  },
  {
    title: "without a rule, files in the region that was asked for come first",
    clusters: [west, east, files],
    lands: "files",
    says: [
      "passed cluster west: Another one fits better.",
      "passed cluster east: Another one fits better.",
      "taken preset DatabasePerTenant: It leads to files in us-east.",
    ],
  },
  {
    title: "of two alike the one with more room is taken",
    clusters: [
      at("a postgres us-east", { capacity: 10, databaseCount: 6 }),
      at("b postgres us-east", { capacity: 100, databaseCount: 30 }),
    ],
    lands: "b",
    says: [
      "passed cluster a: Another one fits better.",
      "taken preset DatabasePerTenant: It leads to b in us-east.",
    ],
  },
  {
    title: "of two without a limit the emptier one is taken",
    clusters: [at("a sqlite us-east", { databaseCount: 2 }), at("b sqlite us-east", { databaseCount: 1 })],
    lands: "b",
    says: [
      "passed cluster a: Another one fits better.",
      "taken preset DatabasePerTenant: It leads to b in us-east.",
    ],
  },
  {
    title: "a region without a cluster is served from another one, and says so",
    clusters: [west],
    asks: { region: "ap-northeast" },
    lands: "west",
    says: [
      "taken preset DatabasePerTenant: It leads to west in eu-west, as none in ap-northeast can take it.",
    ],
  },
  {
    title: "what is full, draining or offline takes nothing",
    clusters: [
      at("full postgres us-east", { capacity: 5, databaseCount: 5 }),
      at("closed postgres us-east", { capacity: 0 }),
      at("leaving sqlite us-east", { state: "draining" }),
      at("broken sqlite us-east", { state: "offline" }),
    ],
    lands: "precondition",
    says: [
      "refused cluster full: It is full: 5 of 5.",
      "refused cluster closed: It is full: 0 of 0.",
      "refused cluster leaving: It is draining.",
      "refused cluster broken: It is offline.",
      "refused preset DatabasePerTenant: No cluster can take a new database.",
    ],
  },
  {
    title: "no cluster at all is a refusal as well",
    clusters: [],
    lands: "precondition",
    says: ["refused preset DatabasePerTenant: No cluster can take a new database."],
  },
  {
    title: "a driver that was asked for leaves the others out",
    clusters: [files, east],
    asks: { driver: "postgres" },
    lands: "east",
    says: [
      "refused cluster files: It is sqlite, and postgres was asked for.",
      "taken preset DatabasePerTenant: It leads to east in us-east.",
    ],
  },
  {
    title: "the first rule that matches decides, whatever comes later",
    clusters: [files, east, west],
    rules: [
      rule("Trials on files", "sqlite", { envType: "trial" }),
      rule("Premium apart", "west", { tier: "premium" }),
      rule("Production on Postgres", "postgres", { envType: "production" }),
      rule("All on files", "sqlite"),
    ],
    lands: "east",
    says: [
      "passed rule Trials on files: It is for trial environments.",
      "passed rule Premium apart: It is for the tier premium.",
      "taken rule Production on Postgres: It leads to east.",
    ],
  },
  {
    title: "a rule of another region and one of the fenced are passed by",
    clusters: [files],
    rules: [
      rule("Europe", "sqlite", { region: "eu-west" }),
      rule("Fenced", "sqlite", { fenced: true }),
      rule("Free", "sqlite", { fenced: false }),
    ],
    lands: "files",
    says: [
      "passed rule Europe: It is for eu-west.",
      "passed rule Fenced: It is for organizations with a fence.",
      "taken rule Free: It leads to files.",
    ],
  },
  {
    title: "a rule that leads to a full cluster is refused and the next one is asked",
    clusters: [files, at("small postgres us-east", { capacity: 1, databaseCount: 1 })],
    rules: [rule("Small first", "small"), rule("Any Turso", "turso"), rule("Any file", "sqlite")],
    lands: "files",
    says: [
      "refused rule Small first: small: It is full: 1 of 1.",
      "refused rule Any Turso: There is no turso cluster.",
      "taken rule Any file: It leads to files.",
    ],
  },
  {
    title: "when every rule is refused the preset decides",
    clusters: [files, at("west postgres eu-west", { state: "draining" })],
    rules: [rule("West", "west")],
    lands: "files",
    says: [
      "refused rule West: west: It is draining.",
      "refused cluster west: It is draining.",
      "taken preset DatabasePerTenant: It leads to files in us-east.",
    ],
  },
  {
    title: "a rule does not lead past the driver that was asked for",
    clusters: [files, east],
    rules: [rule("All on files", "files")],
    asks: { driver: "postgres" },
    lands: "east",
    says: [
      "refused rule All on files: files: It is sqlite, and postgres was asked for.",
      "refused cluster files: It is sqlite, and postgres was asked for.",
      "taken preset DatabasePerTenant: It leads to east in us-east.",
    ],
  },
  {
    title: "a cluster that was asked for by name comes before the rules",
    clusters: [files, west],
    rules: [rule("All on files", "sqlite")],
    asks: { cluster: "west" },
    lands: "west",
    says: ["taken request west: It was asked for by name."],
  },
  {
    title: "a cluster that was asked for and cannot take it is not replaced by another",
    clusters: [files, at("west postgres eu-west", { state: "offline" })],
    asks: { cluster: "west" },
    lands: "precondition",
    says: ["refused request west: It is offline."],
  },
  {
    title: "a cluster that is not there cannot be asked for",
    clusters: [files],
    asks: { cluster: "nowhere" },
    lands: "precondition",
    says: ["refused request nowhere: There is no such cluster."],
  },
  {
    title: "a fence leaves clusters elsewhere out, however much room they have",
    clusters: [files, west],
    asks: { region: "eu-west", residency: "eu-west" },
    lands: "west",
    says: [
      "taken fence eu-west: Only clusters in eu-west come into question.",
      "refused cluster files: It is in us-east, outside of the fence.",
      "taken preset DatabasePerTenant: It leads to west in eu-west.",
    ],
  },
  {
    title: "asking for a region outside of the fence is refused before anything is looked at",
    clusters: [files, west],
    rules: [rule("All on files", "sqlite")],
    asks: { region: "us-east", residency: "eu-west" },
    lands: "residency_violation",
    says: ["refused fence eu-west: Its data must stay in eu-west, and us-east was asked for."],
  },
  {
    title: "a fence without a cluster in it is a refusal, not a way out",
    clusters: [files],
    asks: { region: "eu-west", residency: "eu-west" },
    lands: "residency_violation",
    says: [
      "taken fence eu-west: Only clusters in eu-west come into question.",
      "refused cluster files: It is in us-east, outside of the fence.",
      "refused preset DatabasePerTenant: No cluster in eu-west can take a new database, and its data must stay there.",
    ],
  },
  {
    title: "no rule leads across the fence",
    clusters: [files, spare],
    rules: [rule("All on files", "files")],
    asks: { region: "eu-west", residency: "eu-west" },
    lands: "spare",
    says: [
      "taken fence eu-west: Only clusters in eu-west come into question.",
      "refused rule All on files: files: It is in us-east, outside of the fence.",
      "refused cluster files: It is in us-east, outside of the fence.",
      "taken preset DatabasePerTenant: It leads to spare in eu-west.",
    ],
  },
  {
    title: "a cluster across the fence cannot be asked for by name",
    clusters: [files, spare],
    asks: { region: "eu-west", residency: "eu-west", cluster: "files" },
    lands: "residency_violation",
    says: [
      "taken fence eu-west: Only clusters in eu-west come into question.",
      "refused request files: It is in us-east, outside of the fence.",
    ],
  },
  {
    title: "with the residency silo every region is a fence",
    preset: "ResidencySilo",
    clusters: [west],
    asks: { region: "us-east" },
    lands: "residency_violation",
    says: [
      "taken fence us-east: Only clusters in us-east come into question.",
      "refused cluster west: It is in eu-west, outside of the fence.",
      "refused preset ResidencySilo: No cluster in us-east can take a new database, and its data must stay there.",
    ],
  },
  {
    title: "the residency silo does not make an organization a fenced one for the rules",
    preset: "ResidencySilo",
    clusters: [files, east],
    rules: [rule("Fenced", "postgres", { fenced: true })],
    lands: "files",
    says: [
      "taken fence us-east: Only clusters in us-east come into question.",
      "passed rule Fenced: It is for organizations with a fence.",
      "passed cluster east: Another one fits better.",
      "taken preset ResidencySilo: It leads to files in us-east.",
    ],
  },
];

testPlacements(golden);
