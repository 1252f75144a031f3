import { createHash } from "node:crypto";
import type { AuditTable } from "@/lib/db/schema";
import type { AuditEntry, AuditKind, AuditRow } from "@/lib/domain/audit";
import { type EpochMs, instant } from "@/lib/domain/ids";
import { canonicalJson } from "./canonical";

/** What the first row has in the place of a hash before it. */
export const NO_PREV = "0".repeat(64);

/** The end of the chain: what the next row is appended to. Null: there is no row yet. */
export type Tip = { readonly seq: number; readonly hash: string } | null;

export function hashOf(row: Omit<AuditRow, "hash">): string {
  const { seq, at, kind, scope, actor, role, from, action, operationId, planId, reason, data, prev } = row;
  const hashed = { seq, at, kind, scope, actor, role, from, action, operationId, planId, reason, data, prev };
  return createHash("sha256").update(canonicalJson(hashed)).digest("hex");
}

/** The row that follows `tip`. Throws when the entry's data are no JSON. */
export function rowAfter(tip: Tip, entry: AuditEntry, at: EpochMs): AuditRow {
  const row = {
    kind: entry.kind,
    scope: storable(entry.scope),
    actor: storable(entry.actor),
    role: storable(entry.role),
    from: storable(entry.from),
    action: storable(entry.action),
    operationId: storable(entry.operationId),
    planId: storable(entry.planId),
    reason: storable(entry.reason),
    data: JSON.parse(canonicalJson(entry.data)) as AuditRow["data"],
    seq: (tip?.seq ?? 0) + 1,
    at: instant(at),
    prev: tip?.hash ?? NO_PREV,
  };
  return { ...row, hash: hashOf(row) };
}

/** PostgreSQL keeps no NUL, and UTF-8 no half of a pair: left in, the row read back would not be the one that was hashed. */
function storable<T extends string | null>(text: T): T {
  return (text === null ? null : Buffer.from(text.replaceAll("\0", "\uFFFD")).toString()) as T;
}

export const columnsOf = (row: AuditRow, rowKey: string): AuditTable => ({
  seq: row.seq,
  row_key: rowKey,
  at: Date.parse(row.at),
  kind: row.kind,
  scope: row.scope,
  actor: row.actor,
  role: row.role,
  address: row.from,
  action: row.action,
  operation_id: row.operationId,
  plan_id: row.planId,
  reason: row.reason,
  data: JSON.stringify(row.data),
  prev: row.prev,
  hash: row.hash,
});

/** A row as it stands in the table, whatever somebody did to it: what cannot be read must still be shown, and fails its hash. */
export function rowOf(stored: AuditTable): AuditRow {
  return {
    seq: stored.seq,
    at: momentOf(stored.at),
    kind: stored.kind as AuditKind,
    scope: stored.scope,
    actor: stored.actor,
    role: stored.role,
    from: stored.address,
    action: stored.action,
    operationId: stored.operation_id,
    planId: stored.plan_id,
    reason: stored.reason,
    data: dataOf(stored.data),
    prev: stored.prev,
    hash: stored.hash,
  };
}

function dataOf(text: string): AuditRow["data"] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as AuditRow["data"];
  } catch {
    // Falls through: shown as it is.
  }
  return { unreadable: text };
}

const DATE_MS_MAX = 8.64e15;
const momentOf = (ms: number) => instant(Number.isInteger(ms) && Math.abs(ms) <= DATE_MS_MAX ? ms : 0);
