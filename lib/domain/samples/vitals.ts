import type { ClusterState } from "../cluster-state";
import type { Sample } from "../metrics/sample";
import type { ConnectionStates, PostgresVitals } from "../vitals/facts";
import { collect, type Figure } from "./collect";
import { grown, type Moved, movedLooks, perSecond } from "./moved";

/** Sessions by state and the limit; what the counters say of the time between two looks. A counter that began anew says nothing. */
export function vitalsSamples(before: ClusterState | null, after: ClusterState): Sample[] {
  return movedLooks(before?.vitals, after.vitals).flatMap((look) =>
    collect(look.target, look.at, [
      ...connections(look.value.connections),
      ["connections-limit", look.value.maxConnections],
      ...ofDatabases(look),
      ...ofCheckpoints(look),
      ["archiver-failures", archiverFailures(look)],
    ]),
  );
}

const CONNECTION_STATE: Readonly<Record<keyof ConnectionStates, string>> = {
  active: "active",
  waiting: "waiting",
  idle: "idle",
  idleInTransaction: "idle-in-transaction",
  other: "other",
};

function connections(states: ConnectionStates | null): Figure[] {
  if (!states) return [];
  return Object.entries(CONNECTION_STATE).map(([key, detail]) => [
    "connections",
    states[key as keyof ConnectionStates],
    detail,
  ]);
}

/** The statistics are lost with a crash, which the postmaster's start tells, and begin anew at a reset. */
function sameCounters({ value, was }: Moved<PostgresVitals>, key: (vitals: PostgresVitals) => string | null): boolean {
  return was !== null && value.postmasterStartTime === was.value.postmasterStartTime && key(value) === key(was.value);
}

function ofDatabases(look: Moved<PostgresVitals>): Figure[] {
  if (!look.was || !sameCounters(look, (vitals) => vitals.databases.resetKey)) return [];
  const [now, then] = [look.value.databases, look.was.value.databases];
  const transactions = grown(now.commits + now.rollbacks, then.commits + then.rollbacks);
  const hit = grown(now.blocksHit, then.blocksHit);
  const read = grown(now.blocksRead, then.blocksRead);
  const ratio = hit === null || read === null || hit + read === 0 || look.blind ? null : hit / (hit + read);
  return [
    ["transactions-per-second", perSecond(look, transactions)],
    ["cache-hit-ratio", ratio],
  ];
}

function ofCheckpoints(look: Moved<PostgresVitals>): Figure[] {
  if (!look.was || !sameCounters(look, (vitals) => vitals.checkpoints.resetAt)) return [];
  const [now, then] = [look.value.checkpoints, look.was.value.checkpoints];
  return [
    ["checkpoints", grown(now.timed, then.timed), "timed"],
    ["checkpoints", grown(now.requested, then.requested), "requested"],
  ];
}

/** Failures between the two looks, however long ago the first was: none of them is lost. */
function archiverFailures(look: Moved<PostgresVitals>): number | null {
  if (!look.was || !sameCounters(look, (vitals) => vitals.archiver.resetAt)) return null;
  const { archiver, inRecovery } = look.value;
  if (archiver.mode === "off" || (inRecovery && archiver.mode !== "always")) return null;
  return grown(archiver.failedCount, look.was.value.archiver.failedCount);
}
