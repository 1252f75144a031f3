import { describe, expect, it } from "vitest";
import type { BackupSourceView } from "@/lib/domain/backups/view";
import { message } from "@/lib/domain/message";
import { ago } from "@/lib/domain/testing/samples";
import { backupStanding } from "./backup-standing";

const HOUR = 3_600_000;

function source(endedMsAgo: number | null, over: Partial<BackupSourceView> = {}): BackupSourceView {
  const mark =
    endedMsAgo === null ? null : ({ label: "b", type: "full", startedAt: null, stoppedAt: ago(endedMsAgo) } as const);
  return {
    id: "s",
    name: "s",
    kind: "pgbackrest",
    via: "sql",
    stanza: null,
    version: null,
    intervalMs: 60_000,
    trust: "fresh",
    at: ago(0),
    failure: null,
    places: [],
    status: null,
    repos: [],
    count: mark === null ? 0 : 1,
    last: mark,
    lastFull: mark,
    window: null,
    running: null,
    runningKnown: true,
    ended: null,
    remarks: [],
    ...over,
  };
}
const standing = (...sources: BackupSourceView[]) => backupStanding({ sources, streams: [] });

describe("how backups stand on the wall", () => {
  it("is the newest good backup of all sources", () => {
    expect(standing(source(9 * HOUR), source(2 * HOUR))).toMatchObject({
      kind: "last",
      at: ago(2 * HOUR),
      level: "ok",
    });
  });

  it("is as bad as the worst remark on any of them", () => {
    const remark = { code: "too-old", severity: "critical", text: message("x") } as const;
    expect(standing(source(HOUR), source(99 * HOUR, { remarks: [remark] })).level).toBe("crit");
  });

  it("is unknown where none answers freshly, whatever was there before", () => {
    expect(standing(source(HOUR, { trust: "stale" }))).toMatchObject({ kind: "unknown", at: null, level: "blind" });
    expect(standing(source(null, { count: null }))).toMatchObject({ kind: "unknown", level: "blind" });
  });

  it("tells no backup from none configured", () => {
    expect(standing(source(null)).kind).toBe("none");
    expect(standing().kind).toBe("not-configured");
  });
});
