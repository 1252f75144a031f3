import { describe, expect, test } from "vitest";
import type { Finding } from "../findings/finding";
import type { EpochMs } from "../ids";
import { message } from "../message";
import { ALERTS_AT as AT, alertFinding, alertPicture } from "../testing/alert-pictures";
import { applyChange } from "./change";
import { type AlertPolicy, planAlerts } from "./fold";
import { type AlertModel, EMPTY_MODEL } from "./model";
import { type AlertPicture, foldSight, type Sight } from "./sight";

const POLICY: AlertPolicy = {
  holdMs: 30_000,
  holdCriticalMs: 10_000,
  resolveAfterMs: 60_000,
  batchMs: 10_000,
  remindAfterMs: null,
  info: false,
};

/** One dashboard that looks at pictures at moments of our choosing. */
function watcher(policy: AlertPolicy = POLICY) {
  let model: AlertModel = EMPTY_MODEL;
  let sight: Sight | null = null;
  let ids = 0;
  return {
    see(picture: AlertPicture, now: EpochMs) {
      const open = [...model.alerts.values()].filter(({ resolvedAt }) => resolvedAt === null);
      sight = foldSight(sight, picture, open, now);
      model = planAlerts(model, sight, policy, now, () => `a${++ids}`).reduce(applyChange, model);
      return [...model.alerts.values()];
    },
    /** Sees the same at every second from `from` to `to`. */
    watch(picture: AlertPicture, from: EpochMs, to: EpochMs) {
      for (let now = from; now <= to; now += 1_000) this.see(picture, now);
      return [...model.alerts.values()];
    },
  };
}

const lag = (over: Partial<Finding> = {}) => alertFinding("lag:node1", AT, over);
const WELL = alertPicture([]);

describe("a finding becomes an alert", () => {
  test.each([
    ["warn", 30_000],
    ["unknown", 30_000],
    ["critical", 10_000],
  ] as const)("once it has lasted: %s for %i ms", (severity, holdMs) => {
    const one = watcher();
    const picture = alertPicture([lag({ severity })]);
    expect(one.watch(picture, AT, AT + holdMs - 1_000)).toEqual([]);
    expect(one.see(picture, AT + holdMs)).toMatchObject([
      { findingId: "lag:node1", severity, startedAt: AT, firedAt: AT + holdMs, resolvedAt: null },
    ]);
  });

  test("not when it is gone before that, and the time begins anew when it comes back", () => {
    const one = watcher();
    one.watch(alertPicture([lag()]), AT, AT + 20_000);
    one.see(WELL, AT + 21_000);
    const again = alertPicture([lag({ since: alertFinding("x", AT + 22_000).since })]);
    expect(one.watch(again, AT + 22_000, AT + 45_000)).toEqual([]);
    expect(one.watch(again, AT + 46_000, AT + 52_000)).toHaveLength(1);
  });

  test("of severity info only where somebody wants to hear of it", () => {
    const picture = alertPicture([lag({ severity: "info" })]);
    expect(watcher().watch(picture, AT, AT + 60_000)).toEqual([]);
    expect(watcher({ ...POLICY, info: true }).watch(picture, AT, AT + 60_000)).toHaveLength(1);
  });

  test("not while it follows from another; once it stands by itself it has to last from then on", () => {
    const one = watcher();
    const dead = alertFinding("host-silent:node1", AT, { severity: "critical" });
    const both = alertPicture([dead, lag({ under: dead.id })]);
    expect(one.watch(both, AT, AT + 60_000)).toMatchObject([{ findingId: dead.id }]);
    const alone = alertPicture([lag()]);
    expect(one.watch(alone, AT + 61_000, AT + 90_000)).toHaveLength(1);
    expect(one.see(alone, AT + 91_000)).toHaveLength(2);
  });

  test("as grave as the worst of what is folded under it, and as soon", () => {
    const one = watcher();
    const dead = alertFinding("host-silent:node1", AT, { severity: "unknown" });
    const picture = alertPicture([dead, lag({ under: dead.id, severity: "critical" })]);
    const [alert, ...others] = one.watch(picture, AT, AT + 10_000);
    expect(alert).toMatchObject({ findingId: dead.id, severity: "critical" });
    expect(others).toEqual([]);
  });

  test("that was there before we began to look, by when its condition began", () => {
    expect(watcher().see(alertPicture([lag()]), AT + 600_000)).toHaveLength(1);
  });
});

describe("an alert", () => {
  /** One that fires since `AT + 30 s`. */
  function firing(over: Partial<Finding> = {}) {
    const one = watcher();
    one.watch(alertPicture([lag(over)]), AT, AT + 30_000);
    return one;
  }

  test("is over once its finding was gone for the whole time, and not a second sooner", () => {
    const one = firing();
    expect(one.watch(WELL, AT + 31_000, AT + 90_000)).toMatchObject([{ resolvedAt: null }]);
    expect(one.see(WELL, AT + 91_000)).toMatchObject([{ resolvedAt: AT + 91_000 }]);
  });

  test("goes on where its finding comes back in time, as the same episode with one more flap", () => {
    const one = firing();
    one.watch(WELL, AT + 31_000, AT + 80_000);
    one.watch(alertPicture([lag()]), AT + 81_000, AT + 85_000);
    expect(one.watch(WELL, AT + 86_000, AT + 140_000)).toMatchObject([{ id: "a1", flaps: 1, resolvedAt: null }]);
    expect(one.see(WELL, AT + 146_000)).toMatchObject([{ id: "a1", flaps: 1, resolvedAt: AT + 146_000 }]);
  });

  test("begins anew where its finding comes back after it was over", () => {
    const one = firing();
    one.watch(WELL, AT + 31_000, AT + 91_000);
    const again = alertPicture([alertFinding("lag:node1", AT + 100_000)]);
    expect(one.watch(again, AT + 100_000, AT + 130_000)).toMatchObject([
      { id: "a1", resolvedAt: AT + 91_000 },
      { id: "a2", resolvedAt: null, flaps: 0 },
    ]);
  });

  test.each([
    ["the dashboard is blind", alertPicture([], { code: "blind" })],
    ["the dashboard has just begun to look", alertPicture([], { code: "starting" })],
    ["what it was seen by says nothing", alertPicture([], { silent: ["postgres:node1"] })],
    ["its condition holds, if not for long enough again", alertPicture([], { pending: { "lag:node1": lag().since } })],
  ])("is not over while %s", (_name, picture) => {
    const one = firing();
    expect(one.watch(picture, AT + 31_000, AT + 900_000)).toMatchObject([{ resolvedAt: null }]);
    expect(one.watch(WELL, AT + 901_000, AT + 960_000)).toMatchObject([{ resolvedAt: null }]);
    expect(one.see(WELL, AT + 961_000)).toMatchObject([{ resolvedAt: AT + 961_000 }]);
  });

  test("whose source is not looked at any more is over", () => {
    const one = watcher();
    const gone = lag({ evidence: [{ text: message("x"), sourceId: "postgres:node9" }] });
    one.watch(alertPicture([gone]), AT, AT + 30_000);
    expect(one.watch(WELL, AT + 31_000, AT + 91_000)).toMatchObject([{ resolvedAt: AT + 91_000 }]);
  });

  test("about silence is over although the source says nothing, as something else says so then", () => {
    const one = watcher();
    one.watch(alertPicture([alertFinding("source-silent:node1", AT)]), AT, AT + 30_000);
    const [alert] = one.watch(alertPicture([], { silent: ["postgres:node1"] }), AT + 31_000, AT + 91_000);
    expect(alert).toMatchObject({ resolvedAt: AT + 91_000 });
  });

  test("keeps the worst severity that it had, and the newest text", () => {
    const one = firing();
    one.see(alertPicture([lag({ severity: "critical", text: message("worse") })]), AT + 31_000);
    const milder = alertPicture([lag({ text: message("milder") })]);
    expect(one.watch(milder, AT + 32_000, AT + 45_000)).toMatchObject([
      { severity: "critical", text: { key: "milder" } },
    ]);
  });

  test("that another dashboard has seen lately is not over, however long it is gone here", () => {
    const sight = foldSight(null, WELL, [], AT);
    const [record] = firing().see(WELL, AT + 31_000);
    if (!record) throw new Error("nothing fires");
    const seen = { ...record, seenAt: AT + 300_000 };
    const model = { ...EMPTY_MODEL, alerts: new Map([[seen.id, seen]]) };
    const gone = { ...sight, goneSince: new Map([[seen.findingId, AT]]) };
    const plan = (now: number) => planAlerts(model, gone, POLICY, now, () => "x").map(({ kind }) => kind);
    expect(plan(AT + 301_000)).toEqual([]);
    expect(plan(AT + 361_000)).toEqual(["resolve"]);
  });
});
