import { z } from "zod";
import { Pool } from "./answers";
import type { Client } from "./client";
import { readAll } from "./pages";
import { Refused } from "./refused";

export const poolsPath = "/fleet/pools";

/** The pool by its slug or its id. */
export async function getPool(client: Client, named: string): Promise<Pool> {
  if (z.uuid().safeParse(named).success) return Pool.parse(await client.get(`${poolsPath}/${named}`));
  const found = await readAll(client, { path: poolsPath, query: {} }, Pool, named);
  const pool = found.find(({ slug }) => slug === named);
  if (pool) return pool;
  throw new Refused(`There is no pool ${named}. Look with: freehold pool list`);
}
