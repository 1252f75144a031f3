import type { Client } from "pg";
import type { z } from "zod";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import type { InspectServer } from "./connection";

/** One statement that answers one JSON value in a column `facts`; prepared once a connection under its name. */
export type FactsQuery = { readonly name: string; readonly text: string; readonly values?: readonly unknown[] };

/** Runs it and checks its shape: `malformed` when the server answers something else. */
export async function readFacts<S extends z.ZodType>(
  client: Client,
  { name, text, values = [] }: FactsQuery,
  schema: S,
): Promise<Result<z.output<S>>> {
  const { rows } = await client.query<{ facts: unknown }>({ name: `matriarch-${name}`, text, values: [...values] });
  const parsed = schema.safeParse(rows[0]?.facts);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return { ok: false, failure: failureText("malformed", `${issue?.path.join(".")}: ${issue?.message}`) };
}

/** What to say when our role sees only itself: PostgreSQL then answers rows without content instead of an error. */
export const needsMonitor = (server: InspectServer) =>
  fail("insufficient-privilege", `GRANT pg_monitor TO ${quoteIdentifier(server.user)}`);

export const quoteIdentifier = (name: string): string =>
  /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** SQL: true when our role may read what `pg_monitor` may. */
export const CAN_READ_STATS = "pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')";
