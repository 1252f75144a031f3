import { describe, expect, test } from "vitest";
import type { ClusterState } from "../cluster-state";
import { instant } from "../ids";
import { emptyLook, type FailureKind, fail, ok, remember } from "../observation";
import { healthyState, NOW } from "../testing/builders";
import { type BackupContext, listBackups, viewBackups } from "./build";
import type { StanzaFacts } from "./facts";
import { ARCHIVE, backup, day, stanza } from "./testing/backups";
import type { BackupSpec, BackupsView, RemarkCode } from "./view";

const SPEC: BackupSpec = {
  name: "pgbackrest",
  kind: "pgbackrest",
  via: "sql",
  stanza: "main",
  place: null,
  intervalMs: 60_000,
  maxAgeMs: 26 * 3_600_000,
};

const CONTEXT: BackupContext = { systemId: "7434821190352231442", postgresVersion: "17", archived: null, now: NOW };

type Answer = StanzaFacts | readonly StanzaFacts[] | FailureKind | null;

/** What each member answered, the first of them longest ago. */
function stateOf(answers: Readonly<Record<string, Answer>>, spec: Partial<BackupSpec> = {}): ClusterState {
  const base = healthyState();
  const looks = Object.entries(answers).map(([member, answer], index) => {
    const look = emptyLook<{ version: string | null; stanzas: readonly StanzaFacts[] }>(
      "backup",
      `pgbackrest@${member}`,
      60_000,
    );
    if (answer === null) return look;
    const result =
      typeof answer === "string"
        ? fail(answer, answer)
        : ok({ version: "2.55.1", stanzas: [answer].flat() as StanzaFacts[] });
    return remember(look, {
      source: "backup",
      target: look.target,
      observedAt: NOW - 30_000 + index * 1_000,
      tookMs: 9,
      result,
    });
  });
  return {
    ...base,
    spec: { ...base.spec, backups: [{ ...SPEC, ...spec }] },
    backups: Object.fromEntries(looks.map((look) => [look.target, look])),
  };
}

const view = (state: ClusterState, context: Partial<BackupContext> = {}, previous: BackupsView | null = null) => {
  const [source] = viewBackups(state, previous, { ...CONTEXT, ...context }).sources;
  if (!source) throw new Error("no source");
  return source;
};
const codes = (state: ClusterState, context: Partial<BackupContext> = {}): RemarkCode[] =>
  view(state, context).remarks.map(({ code }) => code);

const FULL = backup("20261114F", day(14));
const DIFF = backup("20261114F_20261120D", day(20));
const INCR = backup("20261114F_20261121I", day(21), { dependsOn: ["20261114F", "20261114F_20261120D"] });
const WELL = stanza([FULL, DIFF, INCR]);

describe("a source that is well", () => {
  test("shows its newest good backup, its newest full one, and nothing to remark", () => {
    const source = view(stateOf({ node1: WELL, node2: WELL }));
    expect(source).toMatchObject({
      trust: "fresh",
      count: 3,
      version: "2.55.1",
      running: null,
      runningKnown: true,
      remarks: [],
    });
    expect(source.last?.label).toBe(INCR.label);
    expect(source.lastFull?.label).toBe(FULL.label);
    expect(source.places.map(({ place, count }) => [place, count])).toEqual([
      ["node1", 3],
      ["node2", 3],
    ]);
  });

  test("lists newest first, with what each depends on", () => {
    const state = stateOf({ node1: WELL });
    const [list] = listBackups(state, viewBackups(state, null, CONTEXT), NOW);
    expect(list?.backups.map(({ label }) => label)).toEqual([INCR.label, DIFF.label, FULL.label]);
    expect(list?.backups.every(({ restorable, missing }) => restorable === true && missing.length === 0)).toBe(true);
  });
});

describe("unknown is never told as well, nor as nothing", () => {
  test("before the first answer nothing is counted and nothing is remarked", () => {
    const source = view(stateOf({ node1: null }));
    expect(source).toMatchObject({
      trust: "unknown",
      count: null,
      last: null,
      window: null,
      runningKnown: false,
      remarks: [],
    });
  });

  test("without any member to ask there is a source all the same", () => {
    expect(view(stateOf({}))).toMatchObject({ trust: "unknown", places: [], count: null });
  });

  test("a refusal is its failure, and no lack of backups", () => {
    const source = view(stateOf({ node1: "insufficient-privilege" }));
    expect(source).toMatchObject({ trust: "unknown", failure: { kind: "insufficient-privilege" }, remarks: [] });
  });

  test("one member that answers is enough; the others are shown with their failures", () => {
    const source = view(stateOf({ node1: "unreachable", node2: WELL }));
    expect(source).toMatchObject({ trust: "fresh", failure: null, count: 3 });
    expect(source.places.map(({ trust }) => trust)).toEqual(["unknown", "fresh"]);
  });

  test("an old answer is shown and nothing is concluded from it", () => {
    const source = view(stateOf({ node1: stanza([]) }), { now: NOW + 600_000 });
    expect(source).toMatchObject({ trust: "stale", count: 0, remarks: [], runningKnown: false });
  });
});

describe("what is called out", () => {
  const cases: readonly (readonly [string, RemarkCode, ClusterState, Partial<BackupContext>?])[] = [
    [
      "no backup at all",
      "none",
      stateOf({ node1: stanza([], { status: { kind: "empty", message: "no valid backups" } }) }),
    ],
    ["a stanza that is not there", "stanza-error", stateOf({ node1: [] })],
    ["a last backup older than the limit", "too-old", stateOf({ node1: stanza([FULL]) })],
    [
      "another cluster's system identifier",
      "other-cluster",
      stateOf({ node1: WELL }),
      { systemId: "7434821190352231443" },
    ],
    ["another major version", "other-version", stateOf({ node1: WELL }), { postgresVersion: "18" }],
    ["pages with wrong checksums", "page-errors", stateOf({ node1: stanza([FULL, { ...DIFF, error: true }, INCR]) })],
    ["a chain whose base is gone", "broken-chain", stateOf({ node1: stanza([DIFF, INCR]) })],
    [
      "a repository that is not OK",
      "repo-error",
      stateOf({
        node1: stanza([FULL, INCR], { repos: [{ key: "2", ok: false, code: 99, message: "unable to connect" }] }),
      }),
    ],
    ["a repository without WAL", "no-archive", stateOf({ node1: stanza([FULL, DIFF, INCR], { archives: [] }) })],
    [
      "an archive that begins after the oldest backup",
      "archive-starts-late",
      stateOf({ node1: stanza([FULL, DIFF, INCR], { archives: [{ ...ARCHIVE, min: "000000070000000300000011" }] }) }),
    ],
    [
      "an archive that ends before a backup's end",
      "archive-ends-early",
      stateOf({ node1: stanza([FULL, DIFF, INCR], { archives: [{ ...ARCHIVE, max: "00000007000000030000000F" }] }) }),
    ],
    ["hosts with repositories of their own", "local-repository", stateOf({ node1: stanza([]), node2: WELL })],
    ["hosts that see different lists", "differs", stateOf({ node1: stanza([FULL]), node2: WELL })],
  ];
  test.each(cases.map(([what, code, state, context]) => ({ what, code, state, context })))(
    "$what",
    ({ code, state, context }) => {
      expect(codes(state, context)).toContain(code);
    },
  );

  test("a backup that finished between two hosts' looks is no difference", () => {
    const justNow = { ...INCR, stoppedAt: instant(NOW - 29_500) };
    expect(codes(stateOf({ node1: stanza([FULL, DIFF]), node2: stanza([FULL, DIFF, justNow]) }))).not.toContain(
      "differs",
    );
  });

  test("a backup that expired between two hosts' looks is no difference", () => {
    const old = backup("20261107F", day(7));
    expect(codes(stateOf({ node1: stanza([old, FULL, DIFF, INCR]), node2: WELL }))).toEqual([]);
  });

  test("a system identifier of 64 bits differs in its last digit", () => {
    expect(codes(stateOf({ node1: WELL }), { systemId: "7434821190352231440" })).toContain("other-cluster");
  });
});

describe("the time to which a restore is possible", () => {
  test("ends with the newest backup where nothing later is proven", () => {
    expect(view(stateOf({ node1: WELL })).window).toMatchObject({
      from: FULL.stoppedAt,
      fromLabel: FULL.label,
      to: INCR.stoppedAt,
      toBasis: "backup",
      walTo: ARCHIVE.max,
    });
  });

  test("ends when PostgreSQL archived the newest file that the repository holds", () => {
    const archived = { wal: ARCHIVE.max, at: instant(NOW - 60_000) };
    expect(view(stateOf({ node1: WELL }), { archived }).window).toMatchObject({ to: archived.at, toBasis: "archiver" });
  });

  test("is not led on by a file that the repository was not seen to hold", () => {
    const archived = { wal: "000000070000000300000041", at: instant(NOW - 1_000) };
    expect(view(stateOf({ node1: WELL }), { archived }).window?.toBasis).toBe("backup");
  });

  test("goes on over a failover: the files of the new timeline come after those of the old one", () => {
    const after = { ...ARCHIVE, max: "000000080000000300000041" };
    const archived = { wal: "000000080000000300000041", at: instant(NOW - 60_000) };
    const { window } = view(stateOf({ node1: stanza([FULL, INCR], { archives: [after] }) }), { archived });
    expect(window).toMatchObject({ toBasis: "archiver", walTo: after.max });
  });

  test("does not begin with a full backup that cannot become consistent", () => {
    const broken = { ...FULL, error: true };
    expect(view(stateOf({ node1: stanza([broken]) })).window).toBeNull();
  });

  test("is not claimed for a tool that does not tell which WAL it holds", () => {
    expect(view(stateOf({ node1: stanza([FULL], { archives: [] }) }, { kind: "wal-g" })).window).toBeNull();
  });
});

describe("which stanza", () => {
  const other = stanza([FULL], { name: "other", systemId: "1" });

  test("only this cluster's, where a repository holds many and none is configured", () => {
    const { sources } = viewBackups(stateOf({ node1: [other, WELL] }, { stanza: null }), null, CONTEXT);
    expect(sources.map(({ stanza: name }) => name)).toEqual(["main"]);
  });

  test("all of them, each for itself, where none can be told to be this cluster's", () => {
    const { sources } = viewBackups(stateOf({ node1: [other, WELL] }, { stanza: null }), null, {
      ...CONTEXT,
      systemId: null,
    });
    expect(sources.map(({ id }) => id)).toEqual(["pgbackrest/main", "pgbackrest/other"]);
  });
});
