import { cleanup, fireEvent, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { backup, day } from "@/lib/domain/backups/testing/backups";
import type { BackupRow, BackupSourceView } from "@/lib/domain/backups/view";
import { ago, SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import { BackupsContent } from "./backups-content";

vi.stubGlobal("EventSource", FakeEventSource);
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const row = (label: string, number: number, over: Partial<BackupRow> = {}): BackupRow => ({
  ...backup(label, day(number)),
  restorable: true,
  missing: [],
  onlyAt: [],
  ...over,
});

const LAST = {
  label: "20261114F_20261121I",
  type: "incr",
  startedAt: ago(3_700_000),
  stoppedAt: ago(3_600_000),
} as const;

const SOURCE: BackupSourceView = {
  id: "pgbackrest",
  name: "pgbackrest",
  kind: "pgbackrest",
  via: "sql",
  stanza: "main",
  version: "2.55.1",
  intervalMs: 60_000,
  trust: "fresh",
  at: ago(2_000),
  failure: null,
  places: [
    {
      place: "node1",
      sourceId: "backup:pgbackrest@node1",
      trust: "fresh",
      at: ago(2_000),
      failure: null,
      count: 2,
      newest: LAST.label,
      lockHeld: false,
    },
  ],
  status: { kind: "ok", message: "ok" },
  repos: [{ key: "1", ok: true, code: 0, message: "ok" }],
  count: 2,
  last: LAST,
  lastFull: null,
  window: {
    from: day(14),
    fromLabel: "20261114F",
    to: ago(60_000),
    toBasis: "archiver",
    walFrom: "000000070000000300000010",
    walTo: "000000070000000300000040",
  },
  running: null,
  runningKnown: true,
  ended: null,
  remarks: [],
};

const ROWS = [row("20261114F_20261121I", 21, { dependsOn: ["20261114F"] }), row("20261114F", 14)];

function show(
  over: Partial<BackupSourceView> | null,
  rows: readonly BackupRow[] = ROWS,
  look: { locale?: Locale; stale?: boolean } = {},
) {
  const sources = over === null ? [] : [{ ...SOURCE, ...over }];
  const base = sampleSnapshot("healthy");
  const snapshot = { ...base, backups: { sources, streams: [] } };
  const list = {
    scope: base.scope,
    at: base.at,
    sources: sources.map((one) => ({ ...one, backups: rows })),
    streams: [],
  };
  const fetched = vi.fn(async () => new Response(JSON.stringify(list), { status: 200 }));
  vi.stubGlobal("fetch", fetched);
  const { container } = renderLive(
    <StaleScope stale={look.stale ?? false}>
      <BackupsContent snapshot={snapshot} />
    </StaleScope>,
    look.locale ?? "en",
  );
  return { container, fetched, rows: () => container.querySelectorAll("[data-backup]") };
}

describe("the backups page", () => {
  it("lists every backup with its figures, and links what one stands on", async () => {
    const { container, rows } = show({});
    await waitFor(() => expect(rows()).toHaveLength(2));
    const incr = container.querySelector('[data-backup="20261114F_20261121I"]');
    expect(incr?.querySelector('[data-column="database"] [title]')?.getAttribute("title")).toBe("40000000000 B");
    expect(incr?.querySelector('[data-column="wal"]')?.textContent).toContain("000000070000000300000010");
    const link = incr?.querySelector<HTMLAnchorElement>('[data-column="depends"] a');
    const target = document.getElementById(link?.getAttribute("href")?.slice(1) ?? "");
    expect(target?.getAttribute("data-backup")).toBe("20261114F");
  });

  it("says when backups are not configured, and how they are, without asking for a list", () => {
    const { container, fetched } = show(null);
    expect(container.querySelector("details[open]")?.textContent).toContain("pgbackrest-info.sql");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("shows 30 of 300 at first, and all when asked", async () => {
    const many = Array.from({ length: 300 }, (_, i) => row(`2026${String(i).padStart(4, "0")}F`, 1 + (i % 28)));
    const { container, rows } = show({ count: 300 }, many);
    await waitFor(() => expect(rows()).toHaveLength(30));
    const [all] = [...container.querySelectorAll("button")].filter((button) => button.textContent?.includes("300"));
    if (!all) throw new Error("no button");
    fireEvent.click(all);
    expect(rows()).toHaveLength(300);
  });

  it("what the tool does not tell is said to be so, and is no 0", async () => {
    const bare = row("base", 20, {
      durationMs: null,
      databaseBytes: null,
      deltaBytes: null,
      repoBytes: null,
      repoDeltaBytes: null,
    });
    const { container, rows } = show({ count: 1 }, [bare]);
    await waitFor(() => expect(rows()).toHaveLength(1));
    for (const column of ["duration", "database", "delta", "repo"])
      expect(container.querySelector(`[data-backup] [data-column="${column}"]`)?.textContent).toContain("not told");
  });

  it("a running backup has its progress, and where it runs", () => {
    const running = {
      seenAt: ago(60_000),
      notBefore: ago(65_000),
      place: "node1",
      totalBytes: 1_000,
      doneBytes: 250,
      newestBefore: null,
      certain: true,
    };
    const { container } = show({ running });
    expect(container.querySelector("[data-running]")?.textContent).toContain("node1");
    expect(container.querySelector('[role="progressbar"]')?.getAttribute("aria-valuenow")).toBe("25");
  });

  it("before the first answer nothing is claimed: neither none nor well", () => {
    const { container } = show(
      {
        trust: "unknown",
        at: null,
        count: null,
        last: null,
        status: null,
        window: null,
        runningKnown: false,
        places: [],
      },
      [],
    );
    expect(container.querySelector('[data-figure="last"]')?.textContent).toBe("unknown");
    expect(container.querySelector('[data-figure="count"]')?.textContent).toBe("unknown");
    expect(container.querySelector("[data-course]")?.getAttribute("data-course")).toBe("unknown");
  });

  it("a refusal is named in its words", () => {
    const failure = { kind: "insufficient-privilege", text: "permission denied for schema matriarch" } as const;
    const { container } = show({ trust: "unknown", failure, count: null, last: null, status: null, window: null });
    expect(container.querySelector("[data-backup-source]")?.textContent).toContain(
      "permission denied for schema matriarch",
    );
  });

  it("on a page that hears nothing, nothing is fresh", () => {
    const { container } = show({}, ROWS, { stale: true });
    expect(container.querySelectorAll('[data-trust="fresh"]')).toHaveLength(0);
    expect(container.textContent).toContain("nothing is concluded");
  });

  it("speaks Russian throughout", async () => {
    const { container, rows } = show({}, ROWS, { locale: "ru" });
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(container.textContent).toContain("Последняя исправная копия");
    expect(container.textContent).not.toMatch(/backups\.\w+/);
  });

  it("the time to which a restore is possible is said in words too, with what it rests on", () => {
    const { container } = show({});
    const words = container.querySelector("[data-window]")?.textContent ?? "";
    expect(words).toContain("20261114F");
    expect(words).toContain("000000070000000300000040");
    expect(words).toContain("no tool tells it");
  });
});
