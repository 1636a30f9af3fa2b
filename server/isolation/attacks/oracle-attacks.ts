import { escapeLiteral } from "pg";
import type { Aim, Attack, AttackKind } from "./attack";
import type { Shape } from "./shapes";

/** A kind, a name, and a question about {value}, which another tenant has, or nobody. */
const questions: [AttackKind, string, string][] = [
  ["oracle", "key", "insert into {table} ({tenant}, {key}) values ({mine}, {value})"],
  ["oracle", "key-default", "insert into {table} ({key}) values ({value})"],
  [
    "oracle",
    "key-nothing",
    "insert into {table} ({tenant}, {key}) values ({mine}, {value}) on conflict do nothing",
  ],
  ["oracle", "update-key", "update {table} set {key} = {value} where {key} = {ownKey}"],
  ["oracle", "delete", "delete from {table} where {key} = {value}"],
  ["oracle", "update", "update {table} set {column} = {column} where {key} = {value}"],
  ["oracle", "select", "select 1 from {table} where {key} = {value}"],
  ["oracle", "lock", "select 1 from {table} where {key} = {value} for update nowait"],
  ["oracle", "exists", "select exists (select from {table} where {key} = {value}) as yes"],
  [
    "oracle",
    "merge",
    "merge into {table} t using (values (1)) v (n) on t.{key} = {value} when matched then update set {column} = t.{column}",
  ],
  ["error-text", "cast", "select (t::text)::int from {table} t where t.{key} = {value}"],
  ["error-text", "division", "select 1 / 0 from {table} t where t.{key} = {value}"],
  ["error-text", "xml", "select xpath('/' || t::text, '<a/>') from {table} t where t.{key} = {value}"],
  ["error-text", "regexp", "select regexp_count('a', t::text || '(') from {table} t where t.{key} = {value}"],
  [
    "error-text",
    "subquery",
    "select (select t::text from {table} t cross join generate_series(1, 2) where t.{key} = {value})",
  ],
];

/** The same for a column that references another table. */
const referenceQuestions: [AttackKind, string, string][] = [
  ["oracle", "reference", "update {table} set {reference} = {value} where {key} = {ownKey}"],
  [
    "oracle",
    "reference-insert",
    "insert into {table} ({tenant}, {key}, {reference}) values ({mine}, {nobody}, {value})",
  ],
];

/** Attempts to learn from an answer whether another tenant has a value. */
export function oracleAttacks(shape: Shape, { own, foreign, nobody }: Aim): Attack[] {
  const { table, tenant, key, column, references } = shape;
  const [mine, ownKey, stranger] = [own.tenant, own.key, nobody].map((value) => escapeLiteral(value));
  const ask = ([kind, name, text]: [AttackKind, string, string], reference = ""): Attack => {
    const about = (value: string) => {
      const parts: Record<string, string | undefined> = {
        table,
        tenant,
        key,
        column,
        mine,
        ownKey,
        nobody: stranger,
      };
      const all = { ...parts, reference, value: escapeLiteral(value) };
      return text.replaceAll(/\{(\w+)\}/g, (whole, part: keyof typeof all) => all[part] ?? whole);
    };
    return {
      kind,
      name: `${kind}/${name}${reference === "" ? "" : `/${reference}`}`,
      get statements() {
        return [about(foreign.key)];
      },
      get twin() {
        return about(nobody);
      },
      expect: "same",
    };
  };
  return [
    ...questions.map((question) => ask(question)),
    ...references.flatMap((reference) => referenceQuestions.map((question) => ask(question, reference))),
  ];
}
