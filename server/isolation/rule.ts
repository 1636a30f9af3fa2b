import type { ClientBase, QueryResultRow } from "pg";
import { preludeFor } from "./prelude";
import type { Scope } from "./scope";

export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** What a rule says of one object. */
export interface Found {
  /** The table, view, function or role that it is about, with its schema. */
  object: string;
  problem: string;
  /** The statements that mend it, ready to run. */
  mend: string[];
}

export interface Rule {
  id: string;
  title: string;
  severity: Severity;
  /** Why it matters, in one or two sentences. */
  why: string;
  /** Rules that say more of the same object: where they found it, this one says nothing. */
  yieldsTo?: string[];
  find(client: ClientBase, scope: Scope): Promise<Found[]>;
}

/** The most findings of one rule; more would say nothing new. */
export const mostFindings = 500;

interface Definition<Row extends QueryResultRow> extends Omit<Rule, "find"> {
  /** One SELECT over the catalogs and the tables that the prelude names. */
  query: string;
  found(row: Row, scope: Scope): Found;
}

/** A rule whose query has the prelude in front and a limit behind. */
export function defineRule<Row extends QueryResultRow>(definition: Definition<Row>): Rule {
  const { query, found, ...about } = definition;
  const text = `${preludeFor(query)}, found as (${query}) select * from found limit ${mostFindings + 1}`;
  return {
    ...about,
    async find(client, scope) {
      const { rows } = await client.query<Row>(text, scope.parameters);
      return rows.map((row) => found(row, scope));
    },
  };
}
