import type { Client, QueryResult } from "pg";

/** Rows of the last statement of a simple query. `pg` answers a list to several statements, which its types do not say. */
export async function lastRows(client: Client, text: string): Promise<unknown[]> {
  const results: unknown = await client.query(text);
  return (results as QueryResult[]).at(-1)?.rows ?? [];
}
