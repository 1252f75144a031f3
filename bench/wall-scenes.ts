import type { PauseNote } from "@/lib/domain/actions/operation";
import type { Silence } from "@/lib/domain/alerts/types";
import type { BackupSourceView } from "@/lib/domain/backups/view";
import type { StoredEvent } from "@/lib/domain/events/event";
import { clusterScope, type EpochMs, instant, memberName } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { RunShort } from "@/lib/domain/runbooks/run";
import type { Snapshot } from "@/lib/domain/snapshot";
import { operationView, pauseNote } from "@/lib/domain/testing/operations";
import { type SampleKind, sampleSnapshot } from "@/lib/domain/testing/samples";

/** Pictures of whole fleets, made by the real rules, for photographs of the wall. */

/** `names`: as healthy, with names as long as people give them. */
export const SCENES = ["healthy", "degraded", "split", "blind", "names"] as const;
export type Scene = (typeof SCENES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const TITLES = [
  "1C ERP, production",
  "CRM",
  "Billing",
  "1C ZUP",
  "Document flow of the holding, all branches",
  "Data marts",
  "Logistics and warehouses, Kazan and Naberezhnye Chelny",
  "Web shop",
  "Monitoring",
  "GitLab",
  "Treasury",
  "Test stand of 1C ERP",
] as const;

export const scopeOf = (index: number): string => `cluster-${String(index + 1).padStart(2, "0")}`;
export const titleOf = (index: number): string => {
  const round = Math.floor(index / TITLES.length);
  return `${TITLES[index % TITLES.length]}${round === 0 ? "" : ` ${round + 1}`}`;
};
export const environmentOf = (index: number): string | null =>
  index % 12 === 11 ? "test" : index % 5 === 4 ? null : "production";

/** What is wrong with which cluster of a fleet; those that are not named are well. */
const WRONG: Readonly<Record<Scene, readonly (readonly [number, SampleKind])[]>> = {
  healthy: [],
  degraded: [
    [0, "misrouted"],
    [2, "replica-cut-off"],
    [4, "disagree"],
    [7, "no-leader"],
    [13, "vip-nowhere"],
    [19, "handover"],
  ],
  split: [
    [0, "split"],
    [3, "replica-cut-off"],
  ],
  blind: [
    [0, "blind"],
    [1, "starting"],
    [5, "blind"],
    [11, "dcs-no-quorum"],
    [16, "blind"],
  ],
  names: [],
};

/** The pictures of `count` clusters at `now`. In the degraded scene people are at work on some of them. */
export function sceneOf(scene: Scene, count: number, now: EpochMs): readonly Snapshot[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = WRONG[scene].find(([at]) => at === index)?.[1] ?? (scene === "names" ? "seven-long-names" : "healthy");
    const made = sampleSnapshot(kind, {
      now,
      scope: scopeOf(index),
      title: titleOf(index),
      environment: environmentOf(index),
    });
    const lived = kind === "healthy" || kind === "seven-long-names" ? longHealthy(made, now, index) : made;
    const seen = kind === "blind" || kind === "starting" ? lived : withBackups(lived, now, index);
    return scene === "degraded" ? atWork(seen, now, index) : seen;
  });
}

function longHealthy(snapshot: Snapshot, now: EpochMs, index: number): Snapshot {
  const since = instant(now - (index + 1) * 31 * HOUR);
  const { leader, vip, writePath } = snapshot;
  return {
    ...snapshot,
    writePath: { ...writePath, since },
    leader: leader && { ...leader, since },
    vip: vip && { ...vip, since },
  };
}

function withBackups(snapshot: Snapshot, now: EpochMs, index: number): Snapshot {
  if (index % 6 === 5) return snapshot;
  const stoppedAt = instant(now - (2 + index) * HOUR);
  const mark = { label: "20261120-010000F", type: "full", startedAt: stoppedAt, stoppedAt } as const;
  const source: BackupSourceView = {
    id: "pgbackrest",
    name: "pgbackrest",
    kind: "pgbackrest",
    via: "sql",
    stanza: "main",
    version: null,
    intervalMs: MINUTE,
    trust: "fresh",
    at: instant(now),
    failure: null,
    places: [],
    status: { kind: "ok", message: "ok" },
    repos: [],
    count: 7,
    last: mark,
    lastFull: mark,
    window: null,
    running: null,
    runningKnown: true,
    ended: null,
    remarks: [],
  };
  return { ...snapshot, backups: { sources: [source], streams: [] } };
}

function atWork(snapshot: Snapshot, now: EpochMs, index: number): Snapshot {
  if (index === 0 || index === 8) return { ...snapshot, ...operating(now), runs: running(now, index) };
  if (index === 1) return { ...snapshot, paused: true, actions: { operations: [], pause: paused(now) } };
  if (index === 3) return { ...snapshot, attention: maintained(snapshot, now) };
  return snapshot;
}

function operating(now: EpochMs): Pick<Snapshot, "actions"> {
  const at = instant(now - 14_000);
  const request = { action: "switchover", candidate: memberName("node2"), scheduledAt: null } as const;
  return { actions: { operations: [operationView({ request, createdAt: at, startedAt: at })], pause: null } };
}

const paused = (now: EpochMs): PauseNote =>
  pauseNote({ since: instant(now - 20 * MINUTE), until: instant(now + 41 * MINUTE) });

function running(now: EpochMs, index: number): Snapshot["runs"] {
  const run: RunShort = {
    id: `run-${index}`,
    runbookId: "emergency-failover",
    title: { en: "Emergency failover", ru: "Аварийное переключение" },
    state: index === 0 ? "running" : "stopped",
    carrier: "ivanova",
    handedTo: null,
    startedAt: instant(now - 4 * MINUTE),
    contradiction: null,
    version: 3,
    step: { number: 4, of: 11 },
  };
  return { runs: [run], proven: { failover: null, restore: null } };
}

function maintained(snapshot: Snapshot, now: EpochMs): Snapshot["attention"] {
  const window: Silence = {
    id: "window",
    kind: "maintenance",
    scope: clusterScope(snapshot.scope),
    match: { rule: null, subject: null, severity: null },
    owner: "petrov",
    reason: "Kernel update",
    from: instant(now - HOUR),
    until: instant(now + 25 * MINUTE),
    ended: null,
  };
  return { alerts: [], silences: [window], failingNotifiers: [], inMemory: false };
}

/** The last thing that happened to a cluster. */
export function eventOf(snapshot: Snapshot, now: EpochMs): StoredEvent {
  return {
    id: 1,
    scope: snapshot.scope,
    at: instant(now - 3 * HOUR),
    notBefore: null,
    kind: "verdict",
    severity: "notice",
    subject: snapshot.scope,
    text: message(snapshot.writePath.message.key, snapshot.writePath.message.params),
    data: {},
    source: "observed",
    dedupe: null,
  };
}
