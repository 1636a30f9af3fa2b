import { escapeLiteral } from "pg";
import { z } from "zod";
import { leftBehind, type Aim, type Attack, type AttackKind, type Canary } from "./attack";
import type { Settings } from "./context-attacks";
import { attacksOn } from "./generate";
import { judge, type Judgement } from "./judge";
import { attempt, type FencedConnection, type Outcome } from "./outcome";
import { randomFrom, type Random } from "./random";
import type { Shape, Surroundings } from "./shapes";

/** Gives a connection as one tenant's service has it. */
export type ConnectAs = (tenant: string) => Promise<FencedConnection>;

export interface ProofOptions {
  shapes: Shape[];
  surroundings: Surroundings;
  /** Two tenants or more, each with a canary in every table. */
  canaries: Canary[];
  attempts: number;
  /** The same seed makes the same choices. */
  seed: string;
  settings?: Settings;
}

export interface Tally {
  attempts: number;
  refused: number;
  breaches: number;
  void: number;
}

export interface Breach {
  kind: AttackKind;
  name: string;
  object: string;
  statements: string[];
  what: string;
}

export interface Proof {
  verdict: "holds" | "broken" | "unknown";
  /** Why it proves nothing; empty where it does. */
  problem: string;
  attempts: number;
  kinds: Partial<Record<AttackKind, Tally>>;
  breaches: Breach[];
  seed: string;
}

/** The most breaches that are told one by one. */
const mostBreaches = 100;

/** Attacks every table from every side, and changes nothing: each attempt is rolled back. */
export async function prove(connect: ConnectAs, options: ProofOptions): Promise<Proof> {
  const proof: Proof = {
    verdict: "holds",
    problem: "",
    attempts: 0,
    kinds: {},
    breaches: [],
    seed: options.seed,
  };
  const problem = await findPretence(connect, options);
  if (problem !== null) return { ...proof, verdict: "unknown", problem };
  const random = randomFrom(options.seed);
  // Every attack once before any comes again, in an order that the seed decides.
  const order = shuffled(plan(options, random), random);
  for (let n = 0; n < options.attempts; n++) {
    const target = order[n % order.length];
    if (!target) break;
    try {
      const { attack, judgement } = await strike(connect, options, target, random);
      count(proof, attack, judgement, target.shape);
    } catch (error) {
      proof.problem = `It ended after ${n} attempts: ${error instanceof Error ? error.message : String(error)}`;
      break;
    }
  }
  if (proof.problem !== "") proof.verdict = "unknown";
  if (proof.breaches.length > 0) proof.verdict = "broken";
  return proof;
}

interface Target {
  shape: Shape;
  /** Which of the attacks on this table. */
  place: number;
}

/** Why the proof would prove nothing: an attacker that sees no row at all breaks no fence. */
async function findPretence(connect: ConnectAs, { shapes, canaries }: ProofOptions): Promise<string | null> {
  if (shapes.length === 0) return "There is no table of tenants to attack.";
  for (const shape of shapes) {
    const rows = canariesIn(canaries, shape);
    if (new Set(rows.map(({ tenant }) => tenant)).size < 2)
      return `${shape.table} has canaries of fewer than two tenants.`;
    for (const canary of rows) {
      const connection = await connect(canary.tenant);
      const own = await attempt(
        connection,
        `select * from ${shape.table} where ${shape.key} = ${escapeLiteral(canary.key)}`,
      );
      await connection.release("rollback");
      if (!JSON.stringify(own.rows).includes(canary.secret))
        return `A tenant does not see its own canary in ${shape.table}.`;
    }
  }
  return null;
}

const canariesIn = (canaries: Canary[], { schema, name }: Shape) =>
  canaries.filter((canary) => canary.schema === schema && canary.table === name);

function plan(options: ProofOptions, random: Random): Target[] {
  return options.shapes.flatMap((shape) => {
    const attacks = attacksOf(options, shape, aimAt(options, shape, random));
    return attacks.map((_, place) => ({ shape, place }));
  });
}

const attacksOf = ({ surroundings, settings }: ProofOptions, shape: Shape, aim: Aim) =>
  attacksOn(shape, aim, {
    ...surroundings,
    settings: settings ?? { tenant: "app.current_tenant", proof: "app.tenant_proof" },
  });

function aimAt({ canaries }: ProofOptions, shape: Shape, random: Random): Aim {
  const rows = canariesIn(canaries, shape);
  const own = rows[random.below(rows.length)];
  const others = rows.filter(({ tenant }) => tenant !== own?.tenant);
  const foreign = others[random.below(others.length)];
  if (!own || !foreign) throw new Error("A proof needs canaries of two tenants.");
  return { own, foreign, nobody: random.key(shape.keyType), foreignProof: "" };
}

function shuffled<Item>(items: Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, rank: random.below(2 ** 32) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

async function strike(connect: ConnectAs, options: ProofOptions, target: Target, random: Random) {
  const { shape } = target;
  const aim = aimAt(options, shape, random);
  // The other one's connection stays open, so that its proof is another connection's.
  const other = await connect(aim.foreign.tenant);
  try {
    const setting = options.settings?.proof ?? "app.tenant_proof";
    // What it says last is what a list of sessions would show of it.
    const read = await attempt(
      other,
      `select current_setting(${escapeLiteral(setting)}, true) as proof, ${escapeLiteral(aim.foreign.secret)}`,
    );
    const foreignProof = z.string().catch("").parse(read.rows[0]?.["proof"]);
    const attack = attacksOf(options, shape, { ...aim, foreignProof })[target.place];
    if (!attack) throw new Error("The attacks on a table depend on more than the table.");
    const others = canariesIn(options.canaries, shape).filter(({ tenant }) => tenant !== aim.own.tenant);
    const secrets = others.map(({ secret }) => secret);
    if (attack.commits) secrets.push(leftBehind);
    const seen = await carryOut(connect, attack, shape, aim);
    return { attack, judgement: judge({ attack, aim, secrets, ...seen }) };
  } finally {
    await other.release("rollback");
  }
}

async function carryOut(connect: ConnectAs, attack: Attack, shape: Shape, aim: Aim) {
  if (attack.commits)
    return { ...(await leaveBehind(connect, attack, shape, aim)), twin: undefined, ownRows: 0 };
  const connection = await connect(aim.own.tenant);
  const outcomes: Outcome[] = [];
  let twin: Outcome | undefined;
  try {
    const ownRows = attack.expect === "own" ? await countOwn(connection, shape, aim) : 0;
    await connection.query("savepoint freehold_start");
    if (attack.twin !== undefined) {
      twin = await attempt(connection, attack.twin);
      await connection.query("rollback to savepoint freehold_start");
    }
    for (const statement of attack.statements) outcomes.push(await attempt(connection, statement));
    // Statements outlive the transaction that prepared them.
    if (attack.kind === "prepared") await attempt(connection, "deallocate p_read");
    return { outcomes, twin, ownRows };
  } finally {
    await connection.release("rollback");
  }
}

async function countOwn(connection: FencedConnection, shape: Shape, { own }: Aim): Promise<number> {
  const mine = `select count(*)::int as n from ${shape.table} where ${shape.tenant} = ${escapeLiteral(own.tenant)}`;
  return Number((await attempt(connection, mine)).rows[0]?.["n"] ?? 0);
}

const looks = [
  "fetch all from kept",
  "select * from kept",
  "execute p_kept",
  "select current_setting('application_name'), current_setting('search_path'), current_setting('freehold_proof.kept', true)",
  // What a function has set may have any name.
  `select '${leftBehind}' from pg_catalog.pg_settings where source = 'session'`,
  "select pg_listening_channels()",
  `select '${leftBehind}' from pg_catalog.pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
];

async function hasWritten(connection: FencedConnection): Promise<boolean> {
  const { rows } = await attempt(connection, "select pg_current_xact_id_if_assigned()::text as id");
  return rows[0]?.["id"] !== null;
}

/** The other tenant leaves something on its connection; the attacker looks for it on the next one. */
async function leaveBehind(connect: ConnectAs, attack: Attack, shape: Shape, aim: Aim) {
  const other = await connect(aim.foreign.tenant);
  let ending: "commit" | "rollback" = "commit";
  try {
    for (const statement of attack.statements) await attempt(other, statement);
    if (attack.commits === "unless-written" && (await hasWritten(other))) ending = "rollback";
  } finally {
    await other.release(ending);
  }
  const connection = await connect(aim.own.tenant);
  const outcomes: Outcome[] = [];
  try {
    for (const look of [...looks, `select * from ${shape.table}`])
      outcomes.push(await attempt(connection, look));
    return { outcomes };
  } finally {
    await connection.release("rollback");
  }
}

function count(proof: Proof, attack: Attack, judgement: Judgement, shape: Shape): void {
  const tally = (proof.kinds[attack.kind] ??= { attempts: 0, refused: 0, breaches: 0, void: 0 });
  proof.attempts += 1;
  tally.attempts += 1;
  if (judgement.isRefused) tally.refused += 1;
  if (judgement.isVoid) tally.void += 1;
  if (judgement.breach === null) return;
  tally.breaches += 1;
  if (proof.breaches.length < mostBreaches)
    proof.breaches.push({
      kind: attack.kind,
      name: attack.name,
      object: shape.table,
      statements: attack.statements,
      what: judgement.breach,
    });
}
