import type { Kysely } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { Tip } from "./row";

/**
 * The end of the chain is written down a second time, beside the log and in the same transaction: rows that were cut off at the end leave
 * no trace in the chain itself. Whoever may write to the store can of course rewrite all of it; an export kept elsewhere tells that.
 */
export const HEAD_KEY = "audit_head";
const SEQ_DIGITS = 15;

/** Sorts by `seq` as text, so that a statement can see which of two is later. */
export const headText = ({ seq, hash }: NonNullable<Tip>): string => `${String(seq).padStart(SEQ_DIGITS, "0")} ${hash}`;

export function headOf(text: string | undefined): Tip {
  const [, seq, hash] = /^(\d+) ([0-9a-f]{64})$/.exec(text ?? "") ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}

export async function readHead(db: Kysely<Schema>): Promise<Tip> {
  const head = await db.selectFrom("meta").select("value").where("key", "=", HEAD_KEY).executeTakeFirst();
  return headOf(head?.value);
}

/** What the next row follows: never an earlier place than the head says, or a cut at the end would be papered over. */
export async function readTip(db: Kysely<Schema>): Promise<Tip> {
  const head = await readHead(db);
  const last = await db.selectFrom("audit").select(["seq", "hash"]).orderBy("seq", "desc").limit(1).executeTakeFirst();
  if (!last) return head;
  return head !== null && head.seq >= last.seq ? head : last;
}
