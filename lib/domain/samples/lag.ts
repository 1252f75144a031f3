import type { ClusterState } from "../cluster-state";
import type { PostgresFacts, WalSender } from "../facts";
import type { EpochMs, Lsn } from "../ids";
import { parseLsn } from "../lsn";
import type { Sample } from "../metrics/sample";
import { know } from "../observation";
import { collect } from "./collect";
import { headOf, secondsBehind, type WalMemory, type WalTrail } from "./wal-trail";

type Reading = {
  readonly at: EpochMs;
  readonly receiveBytes: number | null;
  readonly replayBytes: number | null;
  readonly receiveSeconds: number | null;
  readonly replaySeconds: number | null;
};
type Head = NonNullable<ReturnType<typeof headOf>>;
type Around = {
  readonly state: ClusterState;
  readonly head: Head | null;
  readonly memory: WalMemory;
  readonly now: EpochMs;
};

/**
 * How far each replica trails the leader, down to the end of a cascade, from the first of these that tells: the leader's own row for
 * it; the row of the replica that it receives from, added to that one's lag; the leader's position less the replica's own, on
 * one timeline only, which also goes on while the replica receives nothing at all; its own word while it streams.
 *
 * PostgreSQL's seconds are round trips and stand still while a receiver is silent. The leader's trail tells how old the replica's
 * position is at least: the greater of the two is taken.
 */
export function lagSamples(
  before: ClusterState | null,
  after: ClusterState,
  memory: WalMemory,
  now: EpochMs,
): Sample[] {
  const around = { state: after, head: headOf(after, now), memory, now };
  const past = before && { state: before, head: headOf(before, now), memory, now };
  return after.roster.flatMap(({ name }) => {
    if (name === after.dcs.good?.value.leader?.name) return [];
    const reading = readingOf(name, around);
    const last = past && readingOf(name, past);
    if (!reading || (last && reading.at <= last.at)) return [];
    return collect(name, reading.at, [
      ["receive-lag-bytes", reading.receiveBytes],
      ["replay-lag-bytes", reading.replayBytes],
      ["receive-lag-seconds", reading.receiveSeconds],
      ["replay-lag-seconds", reading.replaySeconds],
    ]);
  });
}

function readingOf(name: string, around: Around, through: readonly string[] = []): Reading | null {
  return (
    byLeader(name, around) ?? byUpstream(name, around, through) ?? byPosition(name, around) ?? byItself(name, around)
  );
}

function byLeader(name: string, { head, memory }: Around): Reading | null {
  const row = head && rowFor(head.facts, name);
  if (!row || (row.flushLagBytes === null && row.replayLagBytes === null)) return null;
  const trail = trailOf(head, memory);
  return {
    at: head.at,
    receiveBytes: row.flushLagBytes,
    replayBytes: row.replayLagBytes,
    receiveSeconds: seconds(row.flushLagSeconds, row.flushLagBytes, row.flushLsn, trail, head.at),
    replaySeconds: seconds(row.replayLagSeconds, row.replayLagBytes, row.replayLsn, trail, head.at),
  };
}

/**
 * A cascade. The upstream's row counts from where it has itself replayed to, which the leaf may have passed, so the hop is taken with
 * its sign. Seconds run from when the upstream got the WAL.
 */
function byUpstream(name: string, around: Around, through: readonly string[]): Reading | null {
  const { state, head, memory, now } = around;
  for (const { name: upstream } of state.roster) {
    if (upstream === head?.name || upstream === name || through.includes(upstream)) continue;
    const known = know(state.postgres[upstream], now);
    const row = known.state === "fresh" ? rowFor(known.value, name) : null;
    if (known.state !== "fresh" || !row || row.replayLsn === null) continue;
    const above = readingOf(upstream, around, [...through, name]);
    if (above?.replayBytes == null) continue;
    const receiveBytes = plusHop(above.replayBytes, known.value.lsn, row.flushLsn);
    const replayBytes = plusHop(above.replayBytes, known.value.lsn, row.replayLsn);
    const trail = head && trailOf(head, memory);
    const sum = (hop: number | null) =>
      hop === null || above.receiveSeconds === null ? null : hop + above.receiveSeconds;
    return {
      at: known.at,
      receiveBytes,
      replayBytes,
      receiveSeconds: seconds(sum(row.flushLagSeconds), receiveBytes, row.flushLsn, trail, known.at),
      replaySeconds: seconds(sum(row.replayLagSeconds), replayBytes, row.replayLsn, trail, known.at),
    };
  }
  return null;
}

function byPosition(name: string, { state, head, memory, now }: Around): Reading | null {
  const own = know(state.postgres[name], now);
  if (!head || own.state !== "fresh" || !own.value.inRecovery) return null;
  const timeline = own.value.timeline ?? memory.timelines[name] ?? null;
  if (timeline === null || timeline !== head.facts.timeline) return null;
  const replayed = own.value.replayedLsn ?? own.value.lsn;
  // After a start without a receiver the received position is of long ago, or none, while replay went on from the archive.
  const received = later(own.value.receivedLsn, replayed);
  const trail = trailOf(head, memory);
  const at = own.at;
  const receiveBytes = plusHop(0, head.facts.lsn, received);
  const replayBytes = plusHop(0, head.facts.lsn, replayed);
  return {
    at,
    receiveBytes,
    replayBytes,
    receiveSeconds: seconds(null, receiveBytes, received, trail, at),
    replaySeconds: seconds(null, replayBytes, replayed, trail, at),
  };
}

/** Without a leader that answers, a replica knows its lag only while it streams: its own clock otherwise runs on for ever. */
function byItself(name: string, { state, head, now }: Around): Reading | null {
  const own = know(state.postgres[name], now);
  if (head || own.state !== "fresh" || own.value.receiver?.status !== "streaming") return null;
  const { receiver, receivedLsn, replayedLsn, replayDelaySeconds } = own.value;
  return {
    at: own.at,
    receiveBytes: plusHop(0, receiver.latestEndLsn, receivedLsn),
    replayBytes: plusHop(0, receiver.latestEndLsn, replayedLsn),
    receiveSeconds: null,
    replaySeconds: replayDelaySeconds,
  };
}

/** The member's row among a server's senders. A broken session's row stays for a while: the one that replied last counts. */
function rowFor(facts: PostgresFacts, name: string): WalSender | null {
  const rows = facts.senders.filter(
    (row) =>
      row.applicationName.toLowerCase() === name.toLowerCase() && row.state !== "backup" && row.slotType !== "logical",
  );
  const age = (row: WalSender) => row.replyAgeSeconds ?? Number.POSITIVE_INFINITY;
  return rows.reduce<WalSender | null>((best, row) => (best && age(best) <= age(row) ? best : row), null);
}

const trailOf = (head: Head, { trail }: WalMemory): WalTrail | null =>
  trail?.member === head.name && trail.timeline === head.facts.timeline ? trail : null;

/** `base` and the bytes from `to` up to `from`, at least 0; null when either is unknown. */
function plusHop(base: number, from: Lsn | null, to: Lsn | null): number | null {
  const [ahead, behind] = [parseLsn(from), parseLsn(to)];
  return ahead === null || behind === null ? null : Math.max(0, base + Number(ahead - behind));
}

function later(a: Lsn | null, b: Lsn | null): Lsn | null {
  const [x, y] = [parseLsn(a), parseLsn(b)];
  if (x === null || y === null) return x === null ? b : a;
  return x > y ? a : b;
}

/** `told` by PostgreSQL, never less than the trail shows. Nothing told and behind by less than a beat is unknown, never 0. */
function seconds(
  told: number | null,
  bytes: number | null,
  position: Lsn | null,
  trail: WalTrail | null,
  at: EpochMs,
): number | null {
  const reached = parseLsn(position);
  const trailed = reached === null ? null : secondsBehind(trail, reached, at);
  if (told !== null) return Math.max(told, trailed ?? 0);
  if (bytes === 0) return 0;
  return trailed === 0 ? null : trailed;
}
