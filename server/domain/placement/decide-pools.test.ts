import { at, pool, rule, testPlacements, type Golden } from "@/server/testing/placements";

const files = at("files sqlite us-east");
const east = at("east postgres us-east");
const west = at("west postgres eu-west");

const shared: Golden[] = [
  {
    title: "a pool is taken by the preset that shares, the emptiest one first",
    preset: "SharedDb",
    clusters: [files, east],
    pools: [pool("one on east", { tenantCount: 9 }), pool("two on east", { tenantCount: 3 })],
    lands: "the pool two on east",
    says: [
      "passed pool one: Another one fits better.",
      "taken preset SharedDb: It leads to the pool two on east in us-east.",
    ],
  },
  {
    title: "an empty pool is nobody, and one tenant in it is one",
    preset: "DedicatedSingleTenant",
    clusters: [at("east postgres us-east", { databaseCount: 1 })],
    pools: [pool("one on east")],
    lands: "east",
    says: ["taken preset DedicatedSingleTenant: It leads to east in us-east."],
  },
  {
    title: "without a pool the preset that shares finds nothing, whatever clusters there are",
    preset: "SharedDb",
    clusters: [files, east],
    lands: "precondition",
    says: ["refused preset SharedDb: No pool can take a new tenant."],
  },
  {
    title: "who asks for a pool gets none that is full, drained or on a drained cluster",
    clusters: [east, at("busy postgres us-east", { state: "draining" })],
    pools: [
      pool("full on east", { capacity: 2, tenantCount: 2 }),
      pool("old on east", { state: "draining" }),
      pool("far on busy"),
    ],
    asks: { isolation: "shared" },
    lands: "precondition",
    says: [
      "refused pool full: It is full: 2 of 2.",
      "refused pool old: It is draining.",
      "refused pool far: Its cluster is draining.",
      "refused preset DatabasePerTenant: No pool can take a new tenant.",
    ],
  },
  {
    title: "a cluster that is full still takes tenants into its pools",
    clusters: [at("east postgres us-east", { capacity: 1, databaseCount: 1 })],
    pools: [pool("one on east")],
    asks: { isolation: "shared" },
    lands: "the pool one on east",
    says: ["taken preset DatabasePerTenant: It leads to the pool one on east in us-east."],
  },
  {
    title: "a rule leads trials into a pool, and the others past it",
    clusters: [files, east],
    pools: [pool("one on east")],
    rules: [rule("Trials share", "postgres", { envType: "trial", isolation: "shared" })],
    asks: { envType: "trial" },
    lands: "the pool one on east",
    says: ["taken rule Trials share: It leads to the pool one on east."],
  },
  {
    title: "who asks for a database of its own is not led into a pool",
    clusters: [files, east],
    pools: [pool("one on east")],
    rules: [rule("All share", "postgres", { isolation: "shared" })],
    asks: { isolation: "dedicated" },
    lands: "files",
    says: [
      "passed rule All share: It leads into a pool, and a database of its own was asked for.",
      "passed cluster east: Another one fits better.",
      "taken preset DatabasePerTenant: It leads to files in us-east.",
    ],
  },
  {
    title: "a pool outside of the fence is refused, also by name",
    clusters: [west],
    pools: [pool("one on west")],
    asks: { pool: "one", residency: "us-east" },
    lands: "residency_violation",
    says: [
      "taken fence us-east: Only clusters in us-east come into question.",
      "refused request one: It is in eu-west, outside of the fence.",
    ],
  },
  {
    title: "a pool that is not there is said to be not there",
    clusters: [east],
    asks: { pool: "none" },
    lands: "precondition",
    says: ["refused request none: There is no such pool."],
  },
];

testPlacements(shared);
