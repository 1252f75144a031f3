import type { Instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW } from "@/lib/domain/testing/samples";
import type { MetricsInput } from "../types";

/** What `/api/metrics` is drawn from while these clusters are looked at. */
export function metricsInput(snapshots: readonly Snapshot[], over: Partial<MetricsInput> = {}): MetricsInput {
  return {
    now: SAMPLE_NOW,
    version: "0.1.0",
    pictures: snapshots.map((snapshot) => ({ scope: snapshot.scope, snapshot })),
    streamClients: 2,
    store: { state: "ok", waiting: 0, dropped: 0 },
    operations: snapshots.flatMap(({ scope }) => [
      { scope, state: "done" as const, count: 3 },
      { scope, state: "running" as const, count: 1 },
    ]),
    alerting: {
      attempts: [
        { notifier: "mail", outcome: "sent", count: 5 },
        { notifier: "mail", outcome: "failed", count: 1 },
      ],
      waiting: 1,
      notifiers: [{ name: "mail", failing: false }],
      deadMan: { lastOkAt: null },
    },
    ...over,
  };
}

/** A picture with whatever a healthy sample lacks: backups, an archiver, alerts and maintenance. */
export function withBackups(snapshot: Snapshot): Snapshot {
  const at = snapshot.at;
  const hoursAgo = (hours: number) => new Date(Date.parse(at) - hours * 3_600_000).toISOString() as Instant;
  const mark = (hours: number) =>
    ({ label: `b${hours}`, type: "full", startedAt: hoursAgo(hours + 1), stoppedAt: hoursAgo(hours) }) as const;
  const source = {
    id: "main",
    name: "main",
    kind: "pgbackrest",
    via: "sql",
    stanza: "main",
    version: null,
    intervalMs: 60_000,
    trust: "fresh",
    at,
    failure: null,
    places: [],
    status: null,
    repos: [],
    count: 4,
    last: mark(5),
    lastFull: mark(30),
    window: null,
    running: null,
    runningKnown: true,
    ended: null,
    remarks: [],
  } as const;
  return { ...snapshot, backups: { sources: [source], streams: [] } };
}
