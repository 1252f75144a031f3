import type { ClusterState } from "../cluster-state";
import { freshOf, sourceId } from "../evidence/evidence";
import type { PostgresFacts, WalSender } from "../facts";
import type { EpochMs, Lsn, MemberName } from "../ids";
import { lagBytes } from "../lsn";
import { know } from "../observation";
import type { MemberView } from "../snapshot";
import type { FindingPicture } from "./rule";

/** One step that WAL takes: to a member from whoever sends to it. What a replica lacks is counted against its own upstream. */
export type Hop = {
  readonly member: MemberView;
  /** The member that it receives from, or should; null: a server outside this cluster. */
  readonly from: MemberName | null;
  /** Written there and not replayed here. */
  readonly bytes: number;
  /** The delay of what was replayed last as PostgreSQL measured it; null where it did not, or not lately. */
  readonly measuredSeconds: number | null;
  readonly replayed: Lsn | null;
  /** Of the figure in bytes. */
  readonly sourceId: string;
};

/** A receiver replies at least every 10 s (`wal_receiver_status_interval`); a sample from before says nothing of now. */
const REPLY_AGE_MAX_SECONDS = 15;

/**
 * Every hop whose distance is known by fresh evidence: the sender's own row for the member, else the member's own positions, else what
 * Patroni says of it. On another timeline there is none.
 */
export function hopsOf(picture: FindingPicture, state: ClusterState, now: EpochMs): Hop[] {
  const leader = picture.leader?.name ?? null;
  return picture.members.flatMap((member) => {
    if (member.presence === "missing" || member.timelineDiffers) return [];
    const own = freshOf(know(state.postgres[member.name], now));
    if (member.name === leader) return fromOutside(member, own);
    const from = member.upstream ?? leader;
    if (from === null) return [];
    const row = senderRow(freshOf(know(state.postgres[from], now)), member.name);
    const replayed = own?.replayedLsn ?? row?.replayLsn ?? null;
    if (row && row.replayLagBytes !== null) {
      const heard = row.replyAgeSeconds !== null && row.replyAgeSeconds <= REPLY_AGE_MAX_SECONDS;
      const measuredSeconds = heard ? row.replayLagSeconds : null;
      const id = sourceId("postgres", from);
      return [{ member, from, bytes: row.replayLagBytes, measuredSeconds, replayed, sourceId: id }];
    }
    return from === leader ? byView(member, from, replayed, state) : byReceiver(member, from, own);
  });
}

/** The row of a member in the `pg_stat_replication` of its sender. A base backup shows there under the same name. */
export const senderRow = (sender: PostgresFacts | null, name: MemberName): WalSender | null =>
  sender?.senders.find(
    ({ applicationName, state, slotType }) =>
      applicationName.toLowerCase() === name.toLowerCase() && state !== "backup" && slotType !== "logical",
  ) ?? null;

/** The leader of a standby cluster follows a server that we do not look at. */
function fromOutside(member: MemberView, own: PostgresFacts | null): Hop[] {
  return own?.inRecovery && member.role === "standby-leader" ? byReceiver(member, null, own) : [];
}

function byReceiver(member: MemberView, from: MemberName | null, own: PostgresFacts | null): Hop[] {
  const bytes = lagBytes(own?.receiver?.latestEndLsn, own?.replayedLsn);
  if (!own || bytes === null) return [];
  const id = sourceId("postgres", member.name);
  return [{ member, from, bytes, measuredSeconds: null, replayed: own.replayedLsn, sourceId: id }];
}

function byView(member: MemberView, from: MemberName, replayed: Lsn | null, { dcs }: ClusterState): Hop[] {
  const { trust, replayBytes: bytes, basis } = member.lag;
  if (trust !== "fresh" || bytes === null || basis === "none") return [];
  const id = {
    sender: sourceId("postgres", from),
    standby: sourceId("postgres", member.name),
    patroni: sourceId(dcs.source, dcs.target),
  }[basis];
  return [{ member, from, bytes, measuredSeconds: null, replayed, sourceId: id }];
}
