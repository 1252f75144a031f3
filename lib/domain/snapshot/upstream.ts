import { type Evidence, freshOf, type MemberEvidence } from "../evidence/evidence";
import type { WalSender } from "../facts";
import type { EpochMs, MemberName } from "../ids";

/** A member's row in the `pg_stat_replication` of whoever sends to it. */
export type SenderRow = { readonly from: MemberName; readonly row: WalSender; readonly at: EpochMs };

/** Rows by receiver's name in lower case; Patroni sets `application_name` to the member's name. Fresh looks only. */
export function senderRows(evidence: Evidence): ReadonlyMap<string, readonly SenderRow[]> {
  const rows = new Map<string, SenderRow[]>();
  for (const sender of evidence.members) {
    if (sender.postgres.state !== "fresh") continue;
    for (const row of sender.postgres.value.senders) {
      const key = row.applicationName.toLowerCase();
      // A base backup of that member shows here too, under another state, and says nothing of its lag.
      if (row.state === "backup" || row.slotType === "logical") continue;
      rows.set(key, [...(rows.get(key) ?? []), { from: sender.name, row, at: sender.postgres.at }]);
    }
  }
  return rows;
}

/** Whom a member receives WAL from: by its own receiver, or by the one server that sends to it. */
export function upstreamOf(member: MemberEvidence, rows: readonly SenderRow[], evidence: Evidence): MemberName | null {
  const receiver = freshOf(member.postgres)?.receiver;
  if (receiver?.senderHost) {
    const from =
      evidence.places.byHost(receiver.senderHost, receiver.senderPort) ?? evidence.places.byName(receiver.senderHost);
    if (from && from !== member.name) return from;
  }
  const senders = new Set(rows.map((r) => r.from).filter((name) => name !== member.name));
  const [only, ...others] = senders;
  return only !== undefined && others.length === 0 ? only : null;
}
