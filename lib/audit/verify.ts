import type { Store, Stored } from "@/lib/db/types";
import type { AuditVerdict } from "@/lib/domain/audit";
import { readAfter } from "./list";
import { hashOf, NO_PREV, type Tip } from "./row";
import { readHead } from "./tip";

/** Rows in memory at a time. */
const PIECE = 200;

/** Walks the chain from its first row. Rows that are appended meanwhile may or may not be looked at. */
export async function verifyChain(store: Store): Promise<Stored<AuditVerdict>> {
  const before = await store.read(readHead);
  if (!before.ok) return before;
  const walked = await walk(store, before.value);
  if (!walked.ok || walked.value.kind === "broken") return walked;
  const { rows, lastHash } = walked.value;
  // The head is read again where there was none: the first row of all may have come in between.
  const after = before.value === null && rows > 0 ? await store.read(readHead) : before;
  if (!after.ok) return after;
  const cutOff = after.value === null ? rows > 0 : before.value !== null && before.value.seq > rows;
  if (cutOff) return { ok: true, value: { kind: "broken", seq: rows + 1, why: "missing", rows } };
  return { ok: true, value: { kind: "whole", rows, lastHash } };
}

async function walk(store: Store, head: Tip): Promise<Stored<AuditVerdict>> {
  let last: { readonly seq: number; readonly hash: string | null } = { seq: 0, hash: null };
  const broken = (seq: number, why: "hash" | "chain" | "missing"): Stored<AuditVerdict> => ({
    ok: true,
    value: { kind: "broken", seq, why, rows: last.seq },
  });
  // Beneath any number: a row that was put before the first one is found too.
  for (let from = Number.MIN_SAFE_INTEGER; ; from = last.seq) {
    const piece = await readAfter(store, from, PIECE);
    if (!piece.ok) return piece;
    for (const row of piece.value) {
      if (row.seq > last.seq + 1) return broken(last.seq + 1, "missing");
      if (row.seq < last.seq + 1) return broken(row.seq, "chain");
      if (hashOf(row) !== row.hash) return broken(row.seq, "hash");
      if (row.prev !== (last.hash ?? NO_PREV)) return broken(row.seq, "chain");
      // The whole end of the chain may have been written anew, each row rightly upon the one before.
      if (row.seq === head?.seq && row.hash !== head.hash) return broken(row.seq, "chain");
      last = row;
    }
    if (piece.value.length < PIECE) break;
  }
  return { ok: true, value: { kind: "whole", rows: last.seq, lastHash: last.hash } };
}
