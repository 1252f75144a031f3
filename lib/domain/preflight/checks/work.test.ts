import { describe, expect, it } from "vitest";
import type { ServerFacts } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { instant, memberName } from "../../ids";
import type { Snapshot } from "../../snapshot";
import { NOW } from "../../testing/builders";
import { asIs, verdict } from "../../testing/judge";
import { planContext, serverFacts } from "../../testing/plan";
import { archiverWell, backupRunning } from "./backups";
import { serverWork } from "./work";

const one = memberName("node1");
const fresh = { state: "fresh", at: NOW, ageMs: 0 } as const;
const asked = (over: Partial<ServerFacts>) =>
  serverWork(planContext(asIs, { servers: { node1: { ...fresh, value: serverFacts(true, over) } } }), one);
const of = (checks: readonly Check[], id: string) => {
  const found = checks.find((check) => check.id === id);
  return found ? verdict(found) : "none";
};
const transaction = { pid: 4711, user: "bi", application: "report", seconds: 912.4 };

describe("what a server is busy with", () => {
  it.each<[string, string, string, Partial<ServerFacts>]>([
    ["no long transaction", "long-transactions", "pass none", {}],
    ["a long transaction", "long-transactions", "warn some", { longTransactions: [transaction] }],
    ["no prepared transaction", "prepared-transactions", "pass none", {}],
    ["a prepared transaction", "prepared-transactions", "warn some", { preparedTransactions: 1 }],
    ["little since the checkpoint", "checkpoint-distance", "pass small", {}],
    ["much since the checkpoint", "checkpoint-distance", "warn large", { sinceCheckpointBytes: 2 ** 31 }],
    ["a distance that is not told", "checkpoint-distance", "warn unknown", { sinceCheckpointBytes: null }],
    ["a standby, which has none", "checkpoint-distance", "none", { sinceCheckpointBytes: null, currentLsn: null }],
    ["no base backup", "base-backup", "pass none", {}],
    ["a base backup", "base-backup", "warn some", { baseBackups: ["pg_basebackup"] }],
  ])("%s: %s %s", (_, id, says, over) => {
    expect(of(asked(over), id)).toBe(says);
  });
  it("names the longest transaction", () => {
    const check = asked({ longTransactions: [transaction] }).find(({ id }) => id === "long-transactions");
    expect(check?.text.params).toMatchObject({ pid: "4711", user: "bi", application: "report", seconds: 912 });
  });
  it.each([
    ["stale", { ...fresh, state: "stale", value: serverFacts(true), failure: null, ageMs: 90_000 } as const],
    ["missing", { state: "unknown", failure: { kind: "refused", text: "refused" } } as const],
  ])("%s: one warning instead of four", (_, known) => {
    const checks = serverWork(planContext(asIs, { servers: { node1: known } }), one);
    expect(checks.map(verdict)).toEqual(["warn unseen"]);
  });
});

const picture = (over: Partial<Snapshot>) => {
  const context = planContext();
  return { ...context, snapshot: { ...context.snapshot, ...over } };
};
const archiving = (over: Partial<NonNullable<Snapshot["archiving"]>>) => {
  const { archiving: now } = planContext().snapshot;
  return picture({ archiving: now && { ...now, ...over } });
};

describe("the archive", () => {
  it.each([
    ["well", { state: "ok", backlog: 0 }, "pass well"],
    ["off", { state: "off", backlog: null }, "pass off"],
    ["failing", { state: "failing", backlog: 3 }, "warn failing"],
    ["stuck", { state: "stuck", backlog: 3 }, "warn failing"],
    ["far behind", { state: "ok", backlog: 64 }, "warn behind"],
    ["stale", { state: "ok", trust: "stale" }, "warn unknown"],
    ["missing", { state: "unknown", trust: "unknown" }, "warn unknown"],
  ] as const)("%s", (_, over, says) => {
    expect(archiverWell(archiving(over)).map(verdict)).toEqual([says]);
  });
  it("is not asked about where PostgreSQL is not looked at", () => {
    expect(archiverWell(picture({ archiving: null }))).toEqual([]);
  });
});

const source = (over: Partial<Snapshot["backups"]["sources"][number]>) =>
  picture({ backups: { sources: [{ ...SOURCE, ...over }], streams: [] } });
const SOURCE: Snapshot["backups"]["sources"][number] = {
  id: "main",
  name: "main",
  kind: "pgbackrest",
  via: "ssh",
  stanza: "demo",
  version: "2.54",
  intervalMs: 60_000,
  trust: "fresh",
  at: null,
  failure: null,
  places: [],
  status: null,
  repos: [],
  count: 3,
  last: null,
  lastFull: null,
  window: null,
  running: null,
  runningKnown: true,
  ended: null,
  remarks: [],
};
const running = {
  seenAt: instant(NOW - 600_000),
  notBefore: null,
  place: "backup1",
  totalBytes: null,
  doneBytes: null,
  newestBefore: null,
  certain: true,
};

describe("backups", () => {
  it.each([
    ["none runs", {}, "pass none"],
    ["one runs", { running }, "warn some"],
    ["stale", { trust: "stale" }, "warn unknown"],
    ["a tool that does not tell", { runningKnown: false }, "warn unknown"],
  ] as const)("%s", (_, over, says) => {
    expect(backupRunning(source(over)).map(verdict)).toEqual([says]);
  });
  it("are not asked about where none are configured", () => {
    expect(backupRunning(planContext())).toEqual([]);
  });
});
