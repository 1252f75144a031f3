import { describe, expect, test } from "vitest";
import type { Severity } from "../findings/finding";
import { message } from "../message";
import { ALERTS_AT as AT, DEMO } from "../testing/alert-pictures";
import { foldBatches, NO_BATCHES } from "./batch";
import { applyChange } from "./change";
import { dueDeliveries, failingNotifiers, retryAfterMs } from "./delivery";
import type { AlertPolicy } from "./fold";
import { type AlertModel, type AlertRecord, type DeliveryRecord, EMPTY_MODEL, type Stage } from "./model";
import { settled, untold } from "./tell";

const POLICY: AlertPolicy = {
  holdMs: 30_000,
  holdCriticalMs: 10_000,
  resolveAfterMs: 60_000,
  batchMs: 10_000,
  remindAfterMs: 3_600_000,
  info: false,
};
const MAIL = { name: "mail", wants: () => true };

const alert = (id: string, over: Partial<AlertRecord> = {}): AlertRecord => ({
  id,
  scope: DEMO,
  findingId: `lag:${id}`,
  rule: "lag",
  severity: "warn",
  subject: id,
  text: message("x"),
  sourceIds: [],
  startedAt: AT,
  firedAt: AT,
  seenAt: AT,
  resolvedAt: null,
  flaps: 0,
  acknowledged: null,
  settled: false,
  ...over,
});
const delivery = (id: string, over: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
  id,
  notifier: "mail",
  about: "firing",
  state: "waiting",
  attempts: 0,
  error: null,
  createdAt: AT,
  lastTriedAt: null,
  nextTryAt: null,
  deliveredAt: null,
  lease: null,
  body: "[]",
  ...over,
});
const told = (alertId: string, stage: Stage, deliveryId = "d1", at = AT) => ({
  alertId,
  notifier: "mail",
  stage,
  deliveryId,
  at,
});
const model = (over: Partial<AlertModel>): AlertModel => ({ ...EMPTY_MODEL, ...over });
const byId = <T extends { id: string }>(...items: T[]) => new Map(items.map((item) => [item.id, item]));
const stages = (state: AlertModel, now = AT, isHeld = () => false) =>
  untold(state, [MAIL], POLICY, now, isHeld).map(({ alert: { id }, stage }) => `${id} ${stage}`);

describe("who is told of an alert", () => {
  test.each([
    ["that it fires", alert("a"), [], ["a firing:warn"]],
    ["no second time", alert("a"), [told("a", "firing:warn")], []],
    [
      "once more when it is worse",
      alert("a", { severity: "critical" }),
      [told("a", "firing:warn")],
      ["a firing:critical"],
    ],
    ["that it is over", alert("a", { resolvedAt: AT }), [told("a", "firing:warn")], ["a resolved"]],
    ["nothing of what is over, where nothing was told of it", alert("a", { resolvedAt: AT }), [], []],
    [
      "no second time that it is over",
      alert("a", { resolvedAt: AT }),
      [told("a", "firing:warn"), told("a", "resolved")],
      [],
    ],
  ] satisfies [string, AlertRecord, ReturnType<typeof told>[], string[]][])(
    "%s",
    (_name, one, toldBefore, expected) => {
      expect(stages(model({ alerts: byId(one), told: toldBefore }))).toEqual(expected);
    },
  );

  test("nothing while it is held back", () => {
    expect(stages(model({ alerts: byId(alert("a")) }), AT, () => true)).toEqual([]);
  });

  test.each([
    ["critical", null, 3_600_000, ["a reminder:1"]],
    ["critical", null, 3_599_999, []],
    ["critical", { by: "anna", at: "2026-11-21T02:00:00.000Z", note: "x" }, 3_600_000, []],
    ["warn", null, 3_600_000, []],
  ] as const)(
    "of severity %s, acknowledged by %j, again after %i ms: %j",
    (severity, acknowledged, after, expected) => {
      const one = alert("a", {
        severity: severity as Severity,
        acknowledged: acknowledged as AlertRecord["acknowledged"],
      });
      const state = model({ alerts: byId(one), told: [told("a", `firing:${severity}`)] });
      expect(stages(state, AT + after)).toEqual(expected);
    },
  );

  test("the next reminder comes as long after the last one", () => {
    const before = [told("a", "firing:critical"), told("a", "reminder:1", "d2", AT + 3_600_000)];
    const state = model({ alerts: byId(alert("a", { severity: "critical" })), told: before });
    expect(stages(state, AT + 7_199_999)).toEqual([]);
    expect(stages(state, AT + 7_200_000)).toEqual(["a reminder:2"]);
  });
});

test("what happens within the time of a batch goes out in one message, what comes later in the next", () => {
  const item = (id: string) => ({ alert: alert(id), notifier: "mail", about: "firing", stage: "firing:warn" }) as const;
  const first = foldBatches(NO_BATCHES, [item("a")], 10_000, AT);
  expect(first.ready).toEqual([]);
  const second = foldBatches(first.batches, [item("a"), item("b")], 10_000, AT + 9_999);
  expect(second.ready).toEqual([]);
  const third = foldBatches(second.batches, [item("a"), item("b")], 10_000, AT + 10_000);
  expect(third.ready.map(({ items }) => items.map((one) => one.alert.id))).toEqual([["a", "b"]]);
  expect(foldBatches(third.batches, [item("c")], 10_000, AT + 11_000).ready).toEqual([]);
});

describe("a change that comes too late or twice does nothing", () => {
  test("a delivery tells only what nobody tells already, and is none where nothing is left", () => {
    const start = model({ alerts: byId(alert("a"), alert("b")) });
    const one = applyChange(start, { kind: "tell", delivery: delivery("d1"), told: [told("a", "firing:warn", "d1")] });
    const two = applyChange(one, {
      kind: "tell",
      delivery: delivery("d2"),
      told: [told("a", "firing:warn", "d2"), told("b", "firing:warn", "d2")],
    });
    expect(two.told.map(({ alertId, deliveryId }) => `${alertId} ${deliveryId}`)).toEqual(["a d1", "b d2"]);
    const three = applyChange(two, { kind: "tell", delivery: delivery("d3"), told: [told("b", "firing:warn", "d3")] });
    expect(three).toBe(two);
  });

  test("one claims; another may once the claim has run out, and who lost it changes nothing more", () => {
    const claim = (by: string, now: number) => ({ kind: "claim", id: "d1", by, now, until: now + 40_000 }) as const;
    const start = applyChange(model({ deliveries: byId(delivery("d1")) }), claim("one", AT));
    expect(applyChange(start, claim("two", AT + 39_999)).deliveries.get("d1")?.lease?.by).toBe("one");
    const taken = applyChange(start, claim("two", AT + 40_000));
    expect(taken.deliveries.get("d1")?.lease?.by).toBe("two");
    const tried = { kind: "tried", id: "d1", at: AT, state: "delivered", error: null, nextTryAt: null } as const;
    expect(applyChange(taken, { ...tried, by: "one" }).deliveries.get("d1")?.state).toBe("waiting");
    expect(applyChange(taken, { ...tried, by: "two" }).deliveries.get("d1")).toMatchObject({
      state: "delivered",
      attempts: 1,
      lease: null,
    });
  });

  test("a finding has one open alert, and one that ended meanwhile is not begun again by who comes late", () => {
    const fire = (id: string, firedAt: number) =>
      ({ kind: "fire", alert: alert(id, { findingId: "lag", firedAt }) }) as const;
    const open = applyChange(EMPTY_MODEL, fire("a", AT));
    expect([...applyChange(open, fire("b", AT + 1)).alerts.keys()]).toEqual(["a"]);
    const over = applyChange(open, { kind: "resolve", id: "a", at: AT + 5_000, unseenSince: AT });
    expect([...applyChange(over, fire("b", AT + 4_999)).alerts.keys()]).toEqual(["a"]);
    expect([...applyChange(over, fire("b", AT + 5_001)).alerts.keys()]).toEqual(["a", "b"]);
  });

  test("what was seen since is not over, and a flap counts once", () => {
    const seen = model({ alerts: byId(alert("a", { seenAt: AT + 1 })) });
    expect(
      applyChange(seen, { kind: "resolve", id: "a", at: AT, unseenSince: AT }).alerts.get("a")?.resolvedAt,
    ).toBeNull();
    const flap = { kind: "flap", id: "a", from: 0 } as const;
    expect(applyChange(applyChange(seen, flap), flap).alerts.get("a")?.flaps).toBe(1);
  });
});

describe("deliveries", () => {
  test("wait longer after each failure, and never longer than ten minutes", () => {
    expect([1, 2, 3, 8, 9, 30].map(retryAfterMs)).toEqual([5_000, 10_000, 20_000, 600_000, 600_000, 600_000]);
  });

  test("are due by the oldest first; one that waits holds up those of the same alerts alone", () => {
    const state = model({
      told: [told("a", "firing:warn", "d1"), told("a", "resolved", "d2"), told("b", "firing:warn", "d3")],
      deliveries: byId(
        delivery("d3", { createdAt: AT + 2 }),
        delivery("d2", { createdAt: AT + 1, about: "resolved" }),
        delivery("d1", { nextTryAt: AT + 60_000 }),
        delivery("d4", { notifier: "gone" }),
      ),
    });
    const due = (now: number) => dueDeliveries(state, new Set(["mail"]), "one", now).map(({ id }) => id);
    expect(due(AT + 5)).toEqual(["d3"]);
    expect(due(AT + 60_000)).toEqual(["d1", "d3"]);
  });

  test("say that a notifier fails by the last attempt alone", () => {
    const bad = delivery("d1", { state: "failed", error: "550", lastTriedAt: AT });
    expect(failingNotifiers(model({ deliveries: byId(bad) }))).toEqual(["mail"]);
    const good = delivery("d2", { state: "delivered", lastTriedAt: AT + 1 });
    expect(failingNotifiers(model({ deliveries: byId(bad, good) }))).toEqual([]);
  });

  test("an alert is done with once everybody who was told of it was told that it is over", () => {
    const over = alert("a", { resolvedAt: AT });
    const done = (state: Partial<AlertModel>, now = AT) =>
      settled(model({ alerts: byId(over), ...state }), now, 86_400_000).length;
    expect(done({})).toBe(1);
    expect(done({ told: [told("a", "firing:warn")] })).toBe(0);
    expect(done({ told: [told("a", "firing:warn")] }, AT + 86_400_000)).toBe(1);
    const both = [told("a", "firing:warn"), told("a", "resolved", "d2")];
    expect(done({ told: both, deliveries: byId(delivery("d2")) })).toBe(0);
    expect(done({ told: both, deliveries: byId(delivery("d2", { state: "delivered" })) })).toBe(1);
  });
});
