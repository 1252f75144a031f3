import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../cluster-state";
import type { DcsMember } from "../../facts";
import { instant, memberName } from "../../ids";
import { failing, keyTo, NOW, patchDcs, patchPatroni, patchPostgres } from "../../testing/builders";
import { aged, agedDcs, asIs, never, neverDcs, type Row, verdict } from "../../testing/judge";
import { planContext, serverFacts } from "../../testing/plan";
import { isNotPaused, isPaused, pauseEnds, sameSystem, sameTimeline, scheduleWaits } from "./pause";
import {
  fromLeaderKnown,
  noCascade,
  notCloneSource,
  notNamedNext,
  notOnlySync,
  othersStream,
  targetNotLeader,
} from "./reinit";
import { noSchedule, restartStopsWrites, scheduleThere, somePending } from "./restart";
import { allReachable, targetExists, targetIdle, targetReachable } from "./target";

const [one, two, three] = [memberName("node1"), memberName("node2"), memberName("node3")];
const stale = (s: ClusterState) => aged(s, "patroni", "node2", 60_000);
const missing = (s: ClusterState) => never(s, "patroni", "node2");
const staleDcs = (s: ClusterState) => agedDcs(s, 60_000);
const keyed = (name: string, over: Partial<DcsMember>) => (s: ClusterState) =>
  patchDcs(s, { members: (s.dcs.good?.value.members ?? []).map((m) => (m.name === name ? { ...m, ...over } : m)) });
const sync = (standbys: readonly string[]) => (s: ClusterState) =>
  patchDcs(s, { config: { synchronous_mode: true }, sync: { leader: one, standbys } });
const later = instant(NOW + 600_000);

describe("the member that is to be called", () => {
  it.each<Row>([
    ["is one", "pass yes", asIs],
    ["has no key any more", "block no", (s) => patchDcs(s, { members: [] })],
    ["stale", "block unseen", staleDcs],
    ["missing", "block unseen", neverDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(targetExists(planContext(change), two))).toBe(says));
  it.each<Row>([
    ["answers", "pass yes", asIs],
    ["is stale", "block stale", stale],
    ["refuses", "block stale", (s) => failing(s, "patroni", "node2", "refused")],
    ["has never answered", "block missing", missing],
  ])("%s: %s", (_, says, change) => expect(verdict(targetReachable(planContext(change), two))).toBe(says));
  it.each<Row>([
    ["idle", "pass yes", asIs],
    [
      "starting, which may be why it is to be made anew",
      "pass yes",
      (s) => patchPatroni(s, "node2", { state: "starting" }),
    ],
    ["being made already", "block no", (s) => patchPatroni(s, "node2", { state: "creating-replica" })],
    ["stale", "block unseen", stale],
    ["missing", "block unseen", missing],
  ])("%s: %s", (_, says, change) => expect(verdict(targetIdle(planContext(change), two))).toBe(says));
  it.each<Row>([
    ["all answer", "pass yes", asIs],
    ["one is stale", "warn some", stale],
    ["none answers", "block some", (s) => ({ ...s, patroni: {} })],
  ])("of several, %s: %s", (_, says, change) =>
    expect(verdict(allReachable(planContext(change), [one, two, three]))).toBe(says),
  );
});

describe("a reinitialisation", () => {
  it.each<Row>([
    ["of a replica", "pass yes", asIs],
    ["of the leader by the DCS", "block by-dcs", (s) => keyTo(s, "node2", "9")],
    ["of one that calls itself primary", "block by-rest", (s) => patchPatroni(s, "node2", { role: "primary" })],
    ["of one that accepts writes", "block open", (s) => patchPostgres(s, "node2", { inRecovery: false })],
    ["of one that is stale", "block unseen", stale],
    ["of one that never answered", "block unseen", missing],
    ["with a DCS that is stale", "block unseen", staleDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(targetNotLeader(planContext(change), two))).toBe(says));
  it.each<Row>([
    ["another replica streams", "pass yes", asIs],
    [
      "the other replica is in the archive",
      "warn no",
      (s) => patchPatroni(s, "node3", { replicationState: "in-archive-recovery" }),
    ],
    ["the other replica is stale", "warn no", (s) => aged(s, "patroni", "node3", 60_000)],
    ["the other replica never answered", "warn no", (s) => never(s, "patroni", "node3")],
  ])("%s: %s", (_, says, change) => expect(verdict(othersStream(planContext(change), two))).toBe(says));
  it("of the only replica is warned of", () => {
    const context = planContext(asIs, {}, { names: ["node1", "node2"] });
    expect(verdict(othersStream(context, two))).toBe("warn no");
  });
  it.each<Row>([
    ["asynchronous cluster", "pass no", asIs],
    ["another is the synchronous one", "pass no", sync(["node3"])],
    ["the only synchronous one", "warn yes", sync(["node2"])],
    ["one of two", "warn one-of", sync(["node2", "node3"])],
    ["stale", "block unseen", staleDcs],
    ["missing", "block unseen", neverDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(notOnlySync(planContext(change), two))).toBe(says));
  it("under a base backup is blocked, and where that cannot be told, warned of", () => {
    const busy = serverFacts(false, { baseBackups: ["pg_basebackup"] });
    const fresh = { state: "fresh", at: NOW, ageMs: 0 } as const;
    const with_ = (value: ReturnType<typeof serverFacts>) =>
      planContext(asIs, { servers: { node2: { ...fresh, value } } });
    expect(verdict(notCloneSource(with_(busy), two))).toBe("block yes");
    expect(verdict(notCloneSource(with_(serverFacts(false)), two))).toBe("pass no");
    expect(verdict(notCloneSource(planContext(asIs, { servers: {} }), two))).toBe("warn unknown");
    const stopped = planContext((s) => patchPatroni(s, "node2", { state: "stopped" }), { servers: {} });
    expect(verdict(notCloneSource(stopped, two))).toBe("pass stopped");
  });
  it("names the members that replicate from it", () => {
    const below = (s: ClusterState) =>
      patchPostgres(s, "node3", {
        receiver: {
          status: "streaming",
          senderHost: "10.0.0.2",
          senderPort: 5432,
          slotName: null,
          receivedTimeline: 7,
          latestEndLsn: null,
          lastMessageAgeSeconds: 0,
        },
      });
    expect(verdict(noCascade(planContext(), two))).toBe("pass none");
    const context = planContext((s) => patchPostgres(below(s), "node1", { senders: [] }));
    expect(noCascade(context, two)).toMatchObject({ status: "warn", text: { params: { members: "node3" } } });
  });
  it("does not meet a handover", () => {
    const failover = { leader: one, candidate: two, scheduledAt: later, modRevision: "9" };
    const of = (over: Partial<typeof failover>) =>
      verdict(
        notNamedNext(
          planContext((s) => patchDcs(s, { failover: { ...failover, ...over } as typeof failover })),
          two,
        ),
      );
    expect(verdict(notNamedNext(planContext(), two))).toBe("pass none");
    expect(of({})).toBe("block scheduled");
    expect(of({ candidate: three })).toBe("warn scheduled");
    expect(verdict(notNamedNext(planContext(staleDcs), two))).toBe("block unseen");
  });
  it.each<Row>([
    ["4.1", "pass yes", asIs],
    ["4.0", "block no", (s) => patchPatroni(s, "node2", { patroniVersion: "4.0.7" })],
    ["3.3", "block no", (s) => patchPatroni(s, "node2", { patroniVersion: "3.3.2" })],
    ["5.0", "pass yes", (s) => patchPatroni(s, "node2", { patroniVersion: "5.0.0" })],
    ["unknown", "warn unknown", (s) => patchPatroni(s, "node2", { patroniVersion: null })],
    ["stale", "warn unknown", stale],
  ])("from the leader with Patroni %s: %s", (_, says, change) =>
    expect(verdict(fromLeaderKnown(planContext(change), two))).toBe(says),
  );
});

describe("a restart", () => {
  it.each<Row>([
    ["of a replica", "pass no", asIs],
    ["of the leader", "warn yes", (s) => keyTo(s, "node2", "9")],
    ["stale", "block unseen", staleDcs],
    ["missing", "block unseen", neverDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(restartStopsWrites(planContext(change), [two]))).toBe(says));
  it("tells after how long Patroni fails over", () => {
    const context = planContext((s) => patchDcs(s, { config: { primary_start_timeout: 90 } }));
    expect(restartStopsWrites(context, [one]).advice?.params).toEqual({ seconds: 90 });
  });
  it.each<Row>([
    ["nobody waits", "block none", asIs],
    ["it waits by its own word", "pass some", (s) => patchPatroni(s, "node2", { pendingRestart: true })],
    ["it waits by its key", "pass some", keyed("node2", { pendingRestart: true })],
    ["nothing is known", "block unseen", (s) => neverDcs(missing(s))],
    ["all is stale", "block unseen", (s) => staleDcs(stale(s))],
  ])("of those that wait for one, %s: %s", (_, says, change) =>
    expect(verdict(somePending(planContext(change), [two]))).toBe(says),
  );
  it("meets one that is scheduled", () => {
    const scheduled = planContext(keyed("node2", { scheduledRestart: later }));
    expect(verdict(noSchedule(planContext(), [two], true))).toBe("pass none");
    expect(verdict(noSchedule(scheduled, [two], true))).toBe("block some");
    expect(verdict(noSchedule(scheduled, [two], false))).toBe("warn some");
    expect(verdict(noSchedule(planContext(staleDcs), [two], false))).toBe("block unseen");
  });
  it.each<Row>([
    ["that is scheduled", "pass yes", keyed("node2", { scheduledRestart: later })],
    ["that is not", "block no", asIs],
    ["stale", "block unseen", staleDcs],
    ["missing", "block unseen", neverDcs],
  ])("is taken back: one %s: %s", (_, says, change) =>
    expect(verdict(scheduleThere(planContext(change), two))).toBe(says),
  );
});

describe("pausing and resuming", () => {
  const paused = (s: ClusterState) => patchDcs(s, { pause: true });
  it.each<Row>([
    ["running", "pass no", asIs],
    ["paused", "block already", paused],
    ["stale", "block unseen", staleDcs],
  ])("a pause of a cluster that is %s: %s", (_, says, change) =>
    expect(verdict(isNotPaused(planContext(change)))).toBe(says),
  );
  it.each<Row>([
    ["paused", "pass yes", paused],
    ["running", "block no", asIs],
    ["stale", "block unseen", (s) => staleDcs(paused(s))],
  ])("a resumption of a cluster that is %s: %s", (_, says, change) =>
    expect(verdict(isPaused(planContext(change)))).toBe(says),
  );
  it.each([
    ["in an hour", 3_600_000, false, "pass reminds"],
    ["in an hour, by itself", 3_600_000, true, "pass resumes"],
    ["in a week", 7 * 86_400_000, false, "pass reminds"],
    ["in more than a week", 7 * 86_400_000 + 1, false, "block far"],
    ["now", 0, false, "block past"],
    ["never", null, false, "warn open"],
    ["never, by itself", null, true, "block needed"],
  ] as const)("a pause that ends %s", (_, ms, resumeAtEnd, says) => {
    const until = ms === null ? null : instant(NOW + ms);
    expect(verdict(pauseEnds(planContext(), { action: "pause", until, resumeAtEnd }))).toBe(says);
  });
  it("tells of what would be passed over", () => {
    expect(verdict(scheduleWaits(planContext()))).toBe("pass none");
    expect(verdict(scheduleWaits(planContext(keyed("node2", { scheduledRestart: later }))))).toBe("warn some");
  });
  it.each<Row>([
    ["one system", "pass same", asIs],
    ["another on one member", "block differ", (s) => patchPatroni(s, "node2", { systemId: "1" })],
    [
      "another, where the DCS does not tell the cluster's",
      "block differ",
      (s) => patchDcs(patchPatroni(s, "node2", { systemId: "1" }), { systemId: null }),
    ],
    ["one member stale", "warn partly", stale],
    ["one member missing", "warn partly", missing],
    ["the DCS stale", "block unseen", staleDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(sameSystem(planContext(change)))).toBe(says));
  it("tells of members on another timeline", () => {
    expect(verdict(sameTimeline(planContext()))).toBe("pass same");
    expect(verdict(sameTimeline(planContext((s) => patchPostgres(s, "node2", { timeline: 6 }))))).toBe("warn differ");
  });
});
