import { describe, expect, test } from "vitest";
import type { BackupSourceView, BackupsView } from "../../backups/view";
import { type Instant, instant } from "../../ids";
import { SAMPLE_NOW, sampleSnapshot } from "../../testing/samples";
import { foldEvents } from "../fold";
import { EMPTY_MEMORY } from "../notebook";

const at = (second: number): Instant => instant(SAMPLE_NOW + second * 1_000);

const mark = (label: string, second: number) =>
  ({ label, type: "full", startedAt: at(second - 5), stoppedAt: at(second) }) as const;
const running = (second: number): NonNullable<BackupSourceView["running"]> => ({
  seenAt: at(second),
  notBefore: at(second - 1),
  place: "node1",
  totalBytes: 100,
  doneBytes: 40,
  newestBefore: "A",
  certain: true,
});

const SOURCE: BackupSourceView = {
  id: "pgbackrest",
  name: "pgbackrest",
  kind: "pgbackrest",
  via: "sql",
  stanza: "main",
  version: null,
  intervalMs: 60_000,
  trust: "fresh",
  at: at(0),
  failure: null,
  places: [],
  status: null,
  repos: [],
  count: 1,
  last: mark("A", -100),
  lastFull: null,
  window: null,
  running: null,
  runningKnown: true,
  ended: null,
  remarks: [],
};

/** The events of pictures that show these sources, one a second. */
function told(...sources: readonly Partial<BackupSourceView>[]) {
  let memory = EMPTY_MEMORY;
  return sources.flatMap((over, second) => {
    const backups: BackupsView = { sources: [{ ...SOURCE, ...over }], streams: [] };
    const folded = foldEvents(memory, { ...sampleSnapshot("healthy"), at: at(second), backups });
    memory = folded.memory;
    return folded.events.filter(({ kind }) => kind === "backup");
  });
}

describe("events of backups", () => {
  test("the first sight of a repository is no event", () => {
    expect(told({}, {})).toEqual([]);
  });

  test("a backup begins, and finishes at the time that its entry gives", () => {
    const events = told({}, { running: running(1) }, { last: mark("B", 2) });
    expect(events.map(({ text, at: when, notBefore }) => [text.key, when, notBefore])).toEqual([
      ["backups.event.started", at(1), at(0)],
      ["backups.event.finished", at(2), null],
    ]);
    expect(events[1]?.dedupe).toBe("backup/pgbackrest/main/B");
  });

  test("one that nobody saw running is told all the same when it has finished", () => {
    expect(told({}, { last: mark("B", 1) }).map(({ text }) => text.key)).toEqual(["backups.event.finished"]);
  });

  test("one that ended without a result is a warning", () => {
    const ended = { outcome: "failed", seenAt: at(1), endedAt: at(2), place: "node1", label: null } as const;
    const events = told({}, { running: running(1) }, { ended });
    expect(events.at(-1)).toMatchObject({ severity: "warn", at: at(2), text: { key: "backups.event.failed" } });
  });

  test("the newest one expiring is not another one finishing", () => {
    expect(told({ last: mark("B", -10) }, { last: mark("A", -100) }, { last: null, count: 0 })).toEqual([]);
  });

  test("a blind spell is no change", () => {
    expect(told({}, { trust: "stale", last: null, count: null }, {})).toEqual([]);
  });
});
