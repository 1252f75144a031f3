import { type Evidence, lastOf } from "../evidence/evidence";
import { type EpochMs, type Instant, instant, type MemberName } from "../ids";
import { type Message, message } from "../message";
import { type Known, know } from "../observation";
import { isStandbyCluster } from "../snapshot/member-role";
import type { ArchivingView } from "./archiving-view";
import type { ArchiverFacts, PostgresVitals } from "./facts";

/** A file that waits for longer than this, in seconds, while nothing is archived, says that the archiver stands still. */
const STUCK_AFTER_SECONDS = 120;
const SECONDS_PER_MINUTE = 60;

type Looks = Readonly<Record<string, Parameters<typeof know<PostgresVitals>>[0]>>;

/** Null where PostgreSQL is not looked at. */
export function viewArchiving(
  evidence: Evidence,
  vitals: Looks,
  previous: ArchivingView | null,
  now: EpochMs,
): ArchivingView | null {
  if (!evidence.spec.postgres) return null;
  const view = lastOf(evidence.dcs);
  const leader = view?.leader?.name;
  if (!view || leader === undefined) return nothing(null, message("archiving.noLeader"));
  const known = know(vitals[leader], now);
  if (known.state === "unknown") return nothing(leader, message("archiving.unknown"));
  // The fast look sees a PostgreSQL fall silent long before the slow one asks it again.
  const answers = evidence.byName.get(leader)?.postgres.state === "fresh";
  const shown = viewOf(leader, known, previous, isStandbyCluster(view));
  return answers ? shown : { ...shown, trust: "stale" };
}

const nothing = (member: MemberName | null, text: Message): ArchivingView => ({
  member,
  state: "unknown",
  lastArchivedWal: null,
  lastArchivedAt: null,
  lastFailedWal: null,
  lastFailedAt: null,
  failingSince: null,
  failedCount: null,
  backlog: null,
  backlogAt: null,
  at: null,
  trust: "unknown",
  text,
});

function viewOf(
  member: MemberName,
  known: Exclude<Known<PostgresVitals>, { state: "unknown" }>,
  previous: ArchivingView | null,
  standbyCluster: boolean,
): ArchivingView {
  const { archiver } = known.value;
  const verdict = judge(member, known.value, standbyCluster);
  const failing = verdict.state === "failing";
  return {
    member,
    ...verdict,
    lastArchivedWal: archiver.lastArchivedWal,
    lastArchivedAt: archiver.lastArchivedAt,
    lastFailedWal: archiver.lastFailedWal,
    lastFailedAt: archiver.lastFailedAt,
    failingSince: failing ? failingSince(member, archiver, previous) : null,
    failedCount: archiver.failedCount,
    backlog: archiver.backlog?.files ?? null,
    backlogAt: archiver.backlog?.at ?? null,
    at: instant(known.at),
    trust: known.state,
  };
}

function judge(member: MemberName, { archiver, inRecovery, serverTime }: PostgresVitals, standbyCluster: boolean) {
  const { mode, configured, lastArchivedAt, lastFailedAt, lastFailedWal, backlog } = archiver;
  if (mode === "off") return { state: "off", text: message("archiving.off") } as const;
  if (inRecovery && mode !== "always") {
    // Any other leader leaves recovery: then what it was asked as a replica tells nothing of how it archives.
    if (!standbyCluster) return { state: "unknown", text: message("archiving.promoting", { member }) } as const;
    return { state: "off", text: message("archiving.standby", { member }) } as const;
  }
  if (!configured) return { state: "stuck", text: message("archiving.unconfigured", { member }) } as const;
  if (lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt)) {
    const text = message("archiving.failing", { member, wal: lastFailedWal ?? "?" });
    return { state: "failing", text } as const;
  }
  const waited = backlog?.oldestAgeSeconds ?? 0;
  if (backlog && waited > STUCK_AFTER_SECONDS && isOlder(lastArchivedAt, serverTime, STUCK_AFTER_SECONDS)) {
    const minutes = Math.floor(waited / SECONDS_PER_MINUTE);
    return { state: "stuck", text: message("archiving.stuck", { member, files: backlog.files, minutes }) } as const;
  }
  const key = lastArchivedAt === null ? "archiving.idle" : "archiving.ok";
  return { state: "ok", text: message(key, { member }) } as const;
}

/** Both by the server's own clock. */
const isOlder = (at: Instant | null, now: Instant, seconds: number): boolean =>
  at === null || Date.parse(now) - Date.parse(at) > seconds * 1_000;

function failingSince(member: MemberName, archiver: ArchiverFacts, previous: ArchivingView | null): Instant | null {
  const same = previous?.member === member && previous.lastArchivedAt === archiver.lastArchivedAt;
  return (same ? previous.failingSince : null) ?? archiver.lastFailedAt;
}
