import { describe, expect, test } from "vitest";
import type { Truth } from "@/lab/truth-types";
import { instant, memberName } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { Snapshot, SourceView, WritePath } from "@/lib/domain/snapshot";
import { picture, recorded, samples, T0, truthOf, withHost } from "../testing/pictures";
import { judge, tellLies } from "./honesty";

/** Node1 leads until 1000 ms, then nobody for a second, then node2. */
function handover(ms: number): Truth {
  if (ms < 1_000) return truthOf("node1");
  if (ms >= 2_000) return truthOf("node2");
  const demoted = withHost(truthOf("node1"), "node1", { inRecovery: true, vip: false });
  return { ...demoted, leaderKey: null, leaderKeyRevision: null };
}

const log = samples(-2_000, 12_000, handover);
const says = (snapshots: readonly Snapshot[], truth = log) =>
  judge(snapshots.map(recorded), truth).lies.map((lie) => lie.says);

const withPath = (snapshot: Snapshot, writePath: Partial<WritePath>): Snapshot => ({
  ...snapshot,
  writePath: { ...snapshot.writePath, ...writePath },
});

describe("a page that follows the truth is honest", () => {
  test("before and after a change of leader", () => {
    expect(says([picture({ atMs: 500 }), picture({ leader: "node2", atMs: 2_500 })])).toEqual([]);
  });

  test("while it still shows what held when its evidence was taken", () => {
    expect(says([picture({ atMs: 1_080 })])).toEqual([]);
  });

  test("when the look that gave the answer began before the change, though a later look has failed since", () => {
    const page = picture({ atMs: 1_500 });
    const vip = (change: Partial<SourceView>) => ({
      ...page,
      sources: page.sources.map((s) => (s.kind === "vip" ? { ...s, ...change } : s)),
    });
    const slow = vip({ latencyMs: 600 });
    const failed = vip({ latencyMs: 20, lastTriedAt: instant(T0 + 1_450) });
    const holder = "node1 holds the VIP";
    expect(says([slow, failed])).not.toContain(holder);
    expect(says([failed])).toContain(holder);
  });

  test("when the change falls between two samples of the truth", () => {
    expect(says([picture({ leader: "node2", atMs: 2_050 })])).toEqual([]);
  });

  test("when it says that nobody led between two reigns, which fell between two samples", () => {
    const quick = samples(-2_000, 12_000, (ms) => truthOf(ms < 1_000 ? "node1" : "node2"));
    const nobody = (atMs: number): Snapshot => {
      const page = picture({ atMs });
      return { ...page, leader: null, dcs: { ...page.dcs, leaderKey: null } };
    };
    expect(says([nobody(1_000)], quick)).not.toContain("nobody holds the leader key");
    expect(says([nobody(3_000)], quick)).toContain("nobody holds the leader key");
  });

  test("when the hosts gave no answer: that is counted and accuses nobody", () => {
    const silent = samples(-2_000, 5_000, () => withHost(truthOf("node1"), "node1", { inRecovery: null, vip: null }));
    const judgement = judge([recorded(picture({ atMs: 100 }))], silent);
    expect(judgement.lies).toEqual([]);
    expect(judgement.undecided).toBeGreaterThan(0);
  });

  test("when a host fell silent just then, and showed it when it was heard again", () => {
    const holder = "node1 holds the VIP";
    const heardAgainAt = (end: number) =>
      samples(-2_000, 12_000, (ms) => {
        if (ms < 1_000) return truthOf("node2");
        return ms < end ? withHost(truthOf("node1"), "node1", { vip: null }) : truthOf("node1");
      });
    const page = picture({ atMs: 1_050 });
    expect(says([page], heardAgainAt(1_600))).not.toContain(holder);
    expect(says([page], heardAgainAt(4_000))).toContain(holder);
  });

  test("when the log does not reach around the picture's evidence: that is counted apart", () => {
    const judgement = judge([recorded(picture({ atMs: -1_950 }))], log);
    expect(judgement).toMatchObject({ lies: [], judged: 0, undecided: 0 });
    expect(judgement.outside).toBeGreaterThan(0);
  });

  test("when etcd did not answer for a moment: the same revision before and after was held in between", () => {
    const blinking = samples(-2_000, 5_000, (ms) => {
      const truth = truthOf("node1");
      return ms > -500 && ms < 500 ? { ...truth, leaderKey: null, leaderKeyRevision: null } : truth;
    });
    expect(says([picture({ atMs: 0 })], blinking)).toEqual([]);
  });
});

describe("it is a lie", () => {
  test("to name the old writer long after it stopped taking writes", () => {
    expect(says([picture({ atMs: 1_600 })])).toContain("node1 takes writes");
  });

  test("to name the new writer before it takes writes", () => {
    expect(says([picture({ leader: "node2", atMs: 1_500 })])).toContain("node2 takes writes");
  });

  test("to name a writer whose PostgreSQL is frozen", () => {
    const frozen = samples(-2_000, 5_000, () => {
      const truth = truthOf("node1");
      const services = { ...truth.hosts.node1?.services, postgres: "frozen" as const };
      return withHost(truth, "node1", { services, inRecovery: null });
    });
    expect(says([picture()], frozen)).toContain("node1 takes writes");
  });

  test("to name a leader after the key was released, and after another took it", () => {
    expect(says([picture({ atMs: 1_600 })])).toContain("node1 holds the leader key");
    expect(says([picture({ atMs: 3_000 })])).toContain("node1 holds the leader key");
  });

  test("to say that nobody leads while the key was held all the time", () => {
    const page = picture({ atMs: 500 });
    const nobody: Snapshot = { ...page, leader: null, dcs: { ...page.dcs, leaderKey: null } };
    expect(says([nobody])).toContain("nobody holds the leader key");
    const between = picture({ atMs: 1_600 });
    expect(says([{ ...between, leader: null, dcs: { ...between.dcs, leaderKey: null } }])).not.toContain(
      "nobody holds the leader key",
    );
  });

  test("to say that writes are broken while all was well", () => {
    const broken = (atMs: number) => withPath(picture({ atMs }), { state: "broken", code: "no-leader", writer: null });
    expect(says([broken(500)])).toContain("not all is well (no-leader)");
    expect(says([broken(1_500)])).not.toContain("not all is well (no-leader)");
  });

  test("to say that a layer disagrees while all was well", () => {
    const page = withPath(picture({ atMs: 500 }), {
      state: "degraded",
      code: "vip-elsewhere",
      disagree: [message("x")],
    });
    expect(says([page])).toContain("not all is well (vip-elsewhere)");
  });

  test("to cry split brain when never two took writes at once", () => {
    const page = withPath(picture({ atMs: 1_500 }), { state: "split", code: "split-brain", writer: null });
    expect(says([page])).toContain("two members take writes");
    const two = samples(-2_000, 5_000, () => withHost(truthOf("node1"), "node2", { inRecovery: false }));
    expect(says([page], two)).not.toContain("two members take writes");
  });

  test("to say that a client may write on a server that takes no writes", () => {
    expect(says([picture({ atMs: 1_600 })])).toContain("a client may write on node1");
  });

  test("to name a holder of the VIP that does not have it, or two where there is one", () => {
    expect(says([picture({ atMs: 1_600 })])).toContain("node1 holds the VIP");
    const page = picture({ atMs: 500 });
    const twice: Snapshot = { ...page, vip: page.vip && { ...page.vip, holders: ["node1", "node2"] } };
    expect(says([twice])).toEqual(expect.arrayContaining(["node2 holds the VIP", "two hold the VIP"]));
  });

  test("to show a pool's server up that is down", () => {
    expect(says([picture({ leader: "node2", atMs: 500 })])).toContain(
      "HAProxy on node3 has node2 UP in its write pool",
    );
  });

  test("to show a timeline that no member was on", () => {
    expect(says([picture({ atMs: 10_500, timeline: 9 })])).toContain("node3 is on timeline 9");
  });
});

describe("evidence has an age, and it is a lie", () => {
  const page = picture({ atMs: 500 });

  test("to rest a verdict on evidence that is older than three intervals", () => {
    const old = withPath(page, { asOf: instant(T0 - 12_000) });
    const all = judge(
      [recorded(old)],
      samples(-20_000, 5_000, () => truthOf("node1")),
    ).lies.map((lie) => lie.says);
    expect(all).toEqual(['the verdict "ok" rests on evidence of 12500 ms ago']);
  });

  test("to rest a verdict on nothing", () => {
    expect(says([withPath(page, { asOf: null })])).toContain('the verdict "ok" rests on nothing');
  });

  test("to name a writer and to say that it is unknown who takes writes", () => {
    const unknown = withPath(page, { state: "unknown", code: "blind" });
    expect(says([unknown])).toContain("the state is unknown and yet node1 is named");
    expect(says([withPath(unknown, { writer: null })])).toEqual([]);
  });

  test("to leave a source unmarked that was not heard for three of its intervals", () => {
    const sources = page.sources.map((s) => (s.id === "haproxy:node2" ? { ...s, ageMs: 6_001 } : s));
    expect(says([{ ...page, sources }])).toContain(
      "haproxy:node2 is 6001 ms old at an interval of 2000 ms and is not marked stale",
    );
    const marked = sources.map((s) => (s.id === "haproxy:node2" ? { ...s, stale: true } : s));
    expect(says([{ ...page, sources: marked }])).toEqual([]);
  });

  test("to call a layer fresh whose time is long gone", () => {
    const vip = page.vip && { ...page.vip, at: instant(T0 - 5_000) };
    const all = judge(
      [recorded({ ...page, vip })],
      samples(-20_000, 5_000, () => truthOf("node1")),
    ).lies;
    expect(all.map((lie) => lie.says)).toEqual(["the VIP counts as fresh at an age of 5500 ms"]);
  });

  test("to leave an old picture on the screen, unless the connection broke and the page says so", () => {
    const frames = [recorded(page), recorded(picture({ leader: "node2", atMs: 20_000 }))];
    const steady = samples(-2_000, 30_000, (ms) => truthOf(ms < 10_000 ? "node1" : "node2"));
    expect(judge(frames, steady).lies.map((lie) => lie.says)).toEqual([
      'the verdict "ok" was shown until its evidence was 19610 ms old',
    ]);
    const outages = [{ from: T0 + 1_000, to: T0 + 19_900 }];
    expect(judge(frames, steady, outages).lies).toEqual([]);
  });
});

test("a report names each kind of lie once, with its time and the hosts' words", () => {
  const frames = [1_600, 1_700].map((atMs) => recorded(picture({ atMs })));
  const report = tellLies(judge(frames, log).lies);
  const writer = report.filter((text) => text.includes('"node1 takes writes"'));
  expect(writer).toHaveLength(1);
  expect(writer[0]).toMatch(/2 times/);
  expect(writer[0]).toMatch(/key none · node1 in recovery/);
  expect(memberName("node1")).toBe("node1");
});
