import { describe, expect, it } from "vitest";
import type { WriteGap } from "../events/event";
import { clusterScope, instant, memberName } from "../ids";
import { message } from "../message";
import { seeded } from "../testing/random";
import { analyse } from "./analyse";
import type { Moment } from "./moment";

const T0 = Date.UTC(2026, 10, 21, 3, 0, 0);
const scope = clusterScope("demo");
const [n1, n2] = [memberName("node1"), memberName("node2")];
const at = (seconds: number) => T0 + Math.round(seconds * 1_000);

const WELL: Moment = {
  at: T0,
  boot: "b",
  state: "ok",
  code: "ok",
  writer: n1,
  message: message("domain.verdict.ok", { writer: "node1" }),
  sentence: "node1 takes writes",
  key: n1,
  keySince: at(-1_000),
  timeline: 7,
  handover: null,
  open: [{ name: n1, at: T0 }],
  vipHolder: "node1",
  vipSince: at(-1_000),
  routes: [
    { node: "node1", writesTo: ["node1"], at: T0 },
    { node: "node2", writesTo: ["node1"], at: T0 },
  ],
};

/** Pictures that follow one another: each keeps what the one before said, but for what it changes. */
function story(steps: readonly (readonly [seconds: number, change: Partial<Moment>])[]): Moment[] {
  let last = WELL;
  return steps.map(([seconds, change]) => {
    last = { ...last, ...change, at: at(seconds) };
    return last;
  });
}

const BROKEN = {
  state: "broken",
  code: "no-leader",
  writer: null,
  message: message("domain.verdict.no-leader"),
  sentence: "No leader",
} as const;
const PROMOTING = {
  code: "promoting",
  message: message("domain.verdict.promoting", { leader: "node2" }),
  sentence: "…",
} as const;
const WELL2 = {
  state: "ok",
  code: "ok",
  writer: n2,
  message: message("domain.verdict.ok", { writer: "node2" }),
  sentence: "node2 takes writes",
} as const;
const toNode2 = (seconds: number, nodes = ["node1", "node2"]) =>
  nodes.map((node) => ({ node, writesTo: ["node2"], at: at(seconds) }));

const FAILOVER = story([
  [0, {}],
  [
    1,
    {
      state: "unknown",
      code: "leader-unreachable",
      writer: null,
      open: [],
      message: message("domain.verdict.leader-unreachable", { leader: "node1", up: 0 }),
    },
  ],
  [10, { ...BROKEN, key: null, keySince: at(9.9), timeline: null }],
  [11, { ...PROMOTING, key: n2, keySince: at(10.95) }],
  [12, { open: [{ name: n2, at: at(11.8) }], timeline: 8 }],
  [13, { routes: [{ node: "node2", writesTo: ["node2"], at: at(12.7) }] }],
  [14, { vipHolder: "node2", vipSince: at(13.9) }],
  [14.5, { ...WELL2 }],
  [16, { routes: toNode2(15.8) }],
  [20, {}],
]);

const gap = (from: number, to: number | null, over: Partial<WriteGap> = {}): WriteGap => ({
  scope,
  startedAt: instant(at(from)),
  endedAt: to === null ? null : instant(at(to)),
  attempts: 12,
  failures: { timeout: 12 },
  from: "node1",
  to: "node2",
  ...over,
});
const WINDOW = { from: at(-10), to: at(30) };
const sum = (phases: readonly { lengthMs: number }[]) => phases.reduce((total, phase) => total + phase.lengthMs, 0);

describe("a failover", () => {
  const told = analyse(scope, WINDOW, FAILOVER, [gap(0.3, 14.2)]);

  it("is measured by the client's eye where it looked", () => {
    expect(told.outage).toEqual({
      startedAt: instant(at(0.3)),
      endedAt: instant(at(14.2)),
      lengthMs: 13_900,
      basis: "client-eye",
    });
    expect(told.kind).toBe("failover");
    expect([told.before, told.after]).toEqual([
      { leader: "node1", timeline: 7 },
      { leader: "node2", timeline: 8 },
    ]);
  });

  it("has its phases in the order of time, placed at what was observed", () => {
    expect(told.phases.map(({ id, lengthMs }) => [id, lengthMs])).toEqual([
      ["lock-lost", 9_600],
      ["leader-key", 1_050],
      ["promoted", 850],
      ["haproxy-switched", 900],
      ["haproxy-all", 0],
      ["vip-moved", 1_200],
      ["first-write", 300],
    ]);
    expect(sum(told.phases)).toBe(13_900);
  });

  it("says every sentence once, in order", () => {
    expect(told.sentences.map(({ message: text }) => text.key)).toEqual([
      "domain.verdict.ok",
      "domain.verdict.leader-unreachable",
      "domain.verdict.no-leader",
      "domain.verdict.promoting",
      "domain.verdict.ok",
    ]);
  });

  it("waits for the HAProxy of the node that takes the VIP, where another one turned first while nobody held it", () => {
    const pictures = story([
      [0, {}],
      [10, { ...BROKEN, key: null, keySince: at(9.9), vipHolder: null, vipSince: null, routes: [] }],
      [11, { ...PROMOTING, key: n2, keySince: at(10.95), open: [{ name: n2, at: at(10.9) }] }],
      [
        12,
        {
          routes: [
            { node: "node3", writesTo: ["node2"], at: at(11.9) },
            ...toNode2(11.9, ["node2"]).map((route) => ({ ...route, writesTo: [] })),
          ],
        },
      ],
      [13, { routes: toNode2(12.6, ["node3", "node2"]) }],
      [14, { ...WELL2, vipHolder: "node2", vipSince: at(13.9) }],
    ]);
    const told = analyse(scope, WINDOW, pictures, [gap(5, 14.2)]);
    const switched = told.phases.find(({ id }) => id === "haproxy-switched");
    expect([switched?.to, switched?.evidence.params]).toEqual([instant(at(12.6)), { node: "node2", to: "node2" }]);
  });

  it("lists what came after writes were back as aftermath", () => {
    const early = analyse(scope, WINDOW, FAILOVER, [gap(0.3, 13)]);
    expect(early.aftermath.map(({ id }) => id)).toEqual(["vip-moved"]);
    expect(sum(early.phases)).toBe(12_700);
  });

  it("goes by the verdicts where no eye looked, and says so", () => {
    const blind = analyse(scope, WINDOW, FAILOVER, []);
    expect(blind.outage).toMatchObject({ basis: "pictures", lengthMs: 4_500, startedAt: instant(at(10)) });
    expect(sum(blind.phases)).toBe(4_500);
    expect(blind.prelude.map(({ id }) => id)).toEqual(["lock-lost"]);
  });

  it("that is not over has no first write, and its length runs to the end of the window", () => {
    const open = analyse(scope, WINDOW, FAILOVER, [gap(0.3, null)]);
    expect(open.outage).toMatchObject({ endedAt: null, lengthMs: 29_700 });
    expect(open.phases.map(({ id }) => id)).not.toContain("first-write");
  });
});

describe("kinds", () => {
  const asked = { handover: { from: n1, to: n2 } };
  const handover = (kind: string) => ({
    ...asked,
    state: "degraded" as const,
    code: "handover" as const,
    writer: null,
    message: message("domain.verdict.handover", { kind, from: "node1", to: "node2" }),
  });
  const after = [
    [2, { key: null, keySince: at(2), open: [] }],
    [3, { ...PROMOTING, key: n2, keySince: at(3) }],
    [4, { ...WELL2, handover: null, open: [{ name: n2, at: at(4) }] }],
  ] as const;
  it("a handover that was asked for is planned, and asked before writes stop", () => {
    const told = analyse(scope, WINDOW, story([[0, {}], [1, handover("switchover")], ...after]), [gap(1.5, 4.1)]);
    expect(told.kind).toBe("switchover");
    expect(told.prelude.map(({ id }) => id)).toEqual(["asked"]);
    expect(told.phases.map(({ id }) => id)).toEqual(["lock-lost", "leader-key", "promoted", "first-write"]);
  });
  it("the gap in which the key changed hands is the outage, though another in the window was longer", () => {
    const pictures = story([[0, {}], [1, handover("switchover")], ...after]);
    const vipLost = gap(-12, -6, { to: "node1" });
    const told = analyse(scope, WINDOW, pictures, [vipLost, gap(1.5, 4.1)]);
    expect(told.outage).toMatchObject({ startedAt: instant(at(1.5)), lengthMs: 2_600 });
    expect(told.phases.map(({ id }) => id)).toEqual(["lock-lost", "leader-key", "promoted", "first-write"]);
    expect(told.gaps).toHaveLength(2);
  });
  it("a failover by hand is not called a switchover", () => {
    expect(analyse(scope, WINDOW, story([[0, {}], [1, handover("failover")], ...after]), []).kind).toBe(
      "manual-failover",
    );
  });
  it("a restart of the leader is an outage without a change of leader", () => {
    const restart = story([
      [0, {}],
      [1, { ...BROKEN, open: [] }],
      [3, { ...WELL, open: [{ name: n1, at: at(2.9) }] }],
    ]);
    const told = analyse(scope, WINDOW, restart, [gap(0.5, 3.1, { to: "node1" })]);
    expect(told.kind).toBe("outage");
    expect(told.phases.map(({ id }) => id)).toEqual(["promoted", "first-write"]);
  });
  it("nothing but quiet is none", () => {
    expect(
      analyse(
        scope,
        WINDOW,
        story([
          [0, {}],
          [10, {}],
          [20, {}],
        ]),
        [],
      ),
    ).toMatchObject({ kind: "none", outage: null, phases: [] });
  });
  it("an empty record is none, and a hole", () => {
    expect(analyse(scope, WINDOW, [], [], [])).toMatchObject({
      kind: "none",
      before: { leader: null },
      holes: [{ from: instant(WINDOW.from), to: instant(WINDOW.to) }],
    });
  });
});

it("what nobody recorded is a hole, runs that overlap make none", () => {
  const span = (from: number, to: number) => ({ from: at(from), to: at(to) });
  const told = analyse(scope, WINDOW, FAILOVER, [], [span(-5, 8), span(7, 10), span(12, 30)]);
  expect(told.holes).toEqual([
    { from: instant(at(-10)), to: instant(at(-5)) },
    { from: instant(at(10)), to: instant(at(12)) },
  ]);
});

it("phases are contiguous and sum up to the outage, whatever happened in whatever order", () => {
  const random = seeded(11);
  for (let run = 0; run < 300; run += 1) {
    const steps = Array.from({ length: 12 }, (_, i): readonly [number, Partial<Moment>] => {
      const seconds = i * 2 + random();
      const name = random() < 0.5 ? n1 : n2;
      return [
        seconds,
        {
          key: random() < 0.3 ? null : name,
          keySince: at(seconds - random()),
          open: random() < 0.5 ? [] : [{ name, at: at(seconds - random()) }],
          vipHolder: random() < 0.3 ? null : name,
          vipSince: at(seconds - random()),
          routes: random() < 0.3 ? [] : toNode2(seconds, ["node1"]),
          ...(random() < 0.5 ? BROKEN : WELL2),
        },
      ];
    });
    const gaps = random() < 0.5 ? [] : [gap(random() * 10, 10 + random() * 10)];
    const { outage, phases } = analyse(scope, WINDOW, story(steps), gaps);
    if (!outage?.endedAt) continue;
    expect(sum(phases)).toBe(outage.lengthMs);
    expect(phases[0]?.from).toBe(outage.startedAt);
    expect(phases.at(-1)?.to).toBe(outage.endedAt);
    for (const [i, phase] of phases.entries()) {
      expect(phase.lengthMs).toBeGreaterThanOrEqual(0);
      if (i > 0) expect(phase.from).toBe(phases[i - 1]?.to);
    }
  }
});
