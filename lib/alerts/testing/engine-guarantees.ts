import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Store } from "@/lib/db/types";
import { ALERTS_AT, alertFinding, DEMO } from "@/lib/domain/testing/alert-pictures";
import { ANNA, createMailbox, createWorld } from "./dashboards";

const lag = (severity: "warn" | "critical" = "warn") => alertFinding("lag:node1", ALERTS_AT, { severity });
const other = () => alertFinding("slot:node2", ALERTS_AT);

/** What alerting guarantees on every store. `place` gives one without tables, to be opened as often as one likes. */
export function engineGuarantees(name: string, place: () => Promise<() => Store>): void {
  describe(`alerting on ${name}`, { timeout: 60_000 }, () => {
    let world: ReturnType<typeof createWorld>;
    let box: ReturnType<typeof createMailbox>;
    beforeEach(async () => {
      world = createWorld(await place());
      box = createMailbox();
    });
    afterEach(async () => {
      await world.close();
      vi.restoreAllMocks();
    });
    const start = (boot: string) => world.start(boot, [box.notifier(boot)]);
    /** Until the store has opened itself. */
    const settle = () => world.passes(1_000, 1_000);

    test("two dashboards on one store tell once that it fires, and once that it is over", async () => {
      start("one");
      start("two");
      await settle();
      world.findings([lag(), other()]);
      await world.passes(120_000);
      expect(box.told()).toEqual(["firing lag:node1 slot:node2"]);
      world.findings([]);
      await world.passes(120_000);
      expect(box.told()).toEqual(["firing lag:node1 slot:node2", "resolved lag:node1 slot:node2"]);
    });

    test("each of several receivers is told once, of what it wants to hear", async () => {
      const critical = createMailbox("critical");
      for (const boot of ["one", "two"]) {
        const picky = critical.notifier(boot, { wants: ({ severity }) => severity === "critical" });
        world.start(boot, [box.notifier(boot), picky]);
      }
      await settle();
      world.findings([lag(), alertFinding("no-leader", ALERTS_AT, { severity: "critical" })]);
      await world.passes(60_000);
      expect(box.told()).toEqual(["firing no-leader", "firing lag:node1"]);
      expect(critical.told()).toEqual(["firing no-leader"]);
    });

    test("what one dashboard alone sees goes on until it sees it no more", async () => {
      const one = start("one");
      start("two");
      await settle();
      one.sees([lag()]);
      await world.passes(200_000);
      expect(box.told()).toEqual(["firing lag:node1"]);
      one.sees(null);
      await world.passes(120_000);
      expect(box.told()).toEqual(["firing lag:node1", "resolved lag:node1"]);
    });

    test("a dashboard that dies with a message on its way leaves it to the other, after its claim has run out", async () => {
      const one = start("one");
      await settle();
      box.answers(() => new Promise(() => undefined));
      world.findings([lag()]);
      await world.passes(45_000);
      one.kill();
      box.answers(async () => ({ kind: "sent" }));
      start("two");
      await world.passes(20_000);
      expect(box.told()).toEqual([]);
      await world.passes(30_000);
      expect(box.mails.map(({ from }) => from)).toEqual(["two"]);
    });

    test("after a restart nothing is told again, and what ended meanwhile is told once", async () => {
      const one = start("one");
      await settle();
      world.findings([lag(), other()]);
      await world.passes(60_000);
      await one.desk.close();
      one.kill();
      const two = start("two");
      await world.passes(60_000);
      expect(box.told()).toEqual(["firing lag:node1 slot:node2"]);
      await two.desk.close();
      two.kill();
      world.findings([other()]);
      start("three");
      await world.passes(100_000);
      expect(box.told()).toEqual(["firing lag:node1 slot:node2", "resolved lag:node1"]);
    });

    test("a receiver that does not answer is tried again, later and later, and each attempt is to be seen", async () => {
      const one = start("one");
      await settle();
      let attempts = 0;
      box.answers(async () => {
        attempts += 1;
        return { kind: "failed", retry: true, text: "451 try again" };
      });
      world.findings([lag("critical")]);
      await world.passes(90_000, 1_000);
      expect(attempts).toBe(4);
      const [delivery] = await deliveriesOf(one);
      expect(delivery).toMatchObject({ state: "waiting", attempts: 4, error: "451 try again" });
      expect(one.board()?.failingNotifiers).toEqual(["dba"]);
      box.answers(async () => ({ kind: "sent" }));
      await world.passes(60_000);
      expect(box.told()).toEqual(["firing lag:node1"]);
      expect((await deliveriesOf(one))[0]).toMatchObject({ state: "delivered", attempts: 5, error: null });
      expect(one.board()?.failingNotifiers).toEqual([]);
    });

    test("what a receiver refuses for good is not sent again, and does not hold up the next", async () => {
      const one = start("one");
      await settle();
      box.answers(async () => ({ kind: "failed", retry: false, text: "550 no such user" }));
      world.findings([lag()]);
      await world.passes(60_000);
      expect((await deliveriesOf(one))[0]).toMatchObject({ state: "failed", attempts: 1, nextTryAt: null });
      box.answers(async () => ({ kind: "sent" }));
      world.findings([lag(), other()]);
      await world.passes(60_000);
      expect(box.told()).toEqual(["firing slot:node2"]);
    });

    test("that it is over is not told before that it began", async () => {
      start("one");
      await settle();
      box.answers(async () => ({ kind: "failed", retry: true, text: "down" }));
      world.findings([lag()]);
      await world.passes(60_000);
      world.findings([]);
      await world.passes(120_000);
      box.answers(async () => ({ kind: "sent" }));
      await world.passes(200_000);
      expect(box.told()).toEqual(["firing lag:node1", "resolved lag:node1"]);
    });

    test("a message that nobody took for a day is given up", async () => {
      const one = start("one");
      await settle();
      box.answers(async () => ({ kind: "failed", retry: true, text: "down" }));
      world.findings([lag()]);
      await world.passes(60_000);
      await world.passes(90_000_000, 1_800_000);
      expect((await deliveriesOf(one))[0]?.state).toMatch(/failed|dropped/);
      expect(one.desk.waiting()).toBe(0);
    });

    test("a critical alert that nobody acknowledges is told again, once for all dashboards; an acknowledged one is not", async () => {
      const one = start("one");
      start("two");
      await settle();
      world.findings([lag("critical")]);
      await world.passes(60_000);
      await world.passes(4 * 3_600_000 + 1_200_000, 600_000);
      expect(box.told()).toEqual(["firing lag:node1", "reminder lag:node1"]);
      const [alert] = await one.desk.alerts({ scope: null, since: null, resolved: null, limit: 10 });
      const taken = await one.desk.acknowledge(ANNA, alert?.id ?? "", "on it");
      expect(taken).toMatchObject({ kind: "ok", value: { acknowledged: { by: "anna", note: "on it" } } });
      expect(one.written).toMatchObject([
        { kind: "alert-acknowledged", actor: "anna", reason: "on it", scope: "demo" },
      ]);
      await world.passes(9 * 3_600_000, 600_000);
      expect(box.told()).toHaveLength(2);
    });

    test("who was told of a warning is told once more when it becomes critical", async () => {
      start("one");
      await settle();
      world.findings([lag()]);
      await world.passes(60_000);
      world.findings([lag("critical")]);
      await world.passes(60_000);
      world.findings([lag()]);
      await world.passes(60_000);
      expect(box.told()).toEqual(["firing lag:node1", "firing lag:node1"]);
      expect(box.mails.map(({ notice }) => notice.alerts[0]?.alert.severity)).toEqual(["warn", "critical"]);
    });

    test("a maintenance window keeps its cluster quiet; what still fires when it ends is told then", async () => {
      const one = start("one");
      const two = start("two");
      await settle();
      const made = await one.desk.silence(ANNA, {
        kind: "maintenance",
        scope: DEMO,
        match: { rule: null, subject: null, severity: null },
        reason: "disk replacement",
        from: world.now(),
        until: world.now() + 3_600_000,
      });
      if (made.kind !== "ok") throw new Error(made.detail);
      world.findings([lag(), other()]);
      await world.passes(120_000);
      expect(box.told()).toEqual([]);
      expect(two.board()).toMatchObject({
        alerts: [{ silencedBy: made.value.id }, { silencedBy: made.value.id }],
        silences: [{ owner: "anna", reason: "disk replacement" }],
      });
      world.findings([lag()]);
      await world.passes(120_000);
      const ended = await two.desk.endSilence({ ...ANNA, name: "boris" }, made.value.id);
      expect(ended).toMatchObject({ kind: "ok", value: { ended: { by: "boris" } } });
      expect(await two.desk.endSilence(ANNA, made.value.id)).toMatchObject({ kind: "refused", code: "not-open" });
      await world.passes(30_000);
      expect(box.told()).toEqual(["firing lag:node1"]);
      expect(one.board()?.silences).toEqual([]);
    });

    test("a message tells what follows from its alert, and where to look", async () => {
      start("one");
      await settle();
      const dead = alertFinding("host-silent:node1", ALERTS_AT, { severity: "critical" });
      world.findings([dead, { ...lag(), under: dead.id }]);
      await world.passes(60_000);
      const [notice] = box.mails.map((mail) => mail.notice);
      expect(notice).toMatchObject({
        url: "https://dba.example.com/alerts",
        alerts: [
          {
            cluster: { title: "Demo", environment: "production" },
            follows: [{ rule: "lag", severity: "warn" }],
            url: "https://dba.example.com/clusters/demo/findings",
          },
        ],
      });
    });

    test("the test button sends one message at once, and tells how that went", async () => {
      const one = start("one");
      await settle();
      expect(await one.desk.test(ANNA, "dba")).toMatchObject({
        kind: "ok",
        value: { about: "test", state: "delivered" },
      });
      box.answers(async () => ({ kind: "failed", retry: true, text: "down" }));
      expect(await one.desk.test(ANNA, "dba")).toMatchObject({ kind: "ok", value: { state: "failed", error: "down" } });
      expect(await one.desk.test(ANNA, "nobody")).toMatchObject({ kind: "refused", code: "not-found" });
      expect(one.written.map(({ kind }) => kind)).toEqual(["notifier-tested", "notifier-tested"]);
      await world.passes(60_000);
      expect(box.told()).toEqual(["test "]);
    });

    test("while the store is away alerting goes on by memory and says so; what it told is not told again", async () => {
      vi.spyOn(console, "error").mockImplementation(() => undefined);
      let away = false;
      const gone = { ok: false, failure: { kind: "unavailable", text: "gone" } } as const;
      const one = world.start("one", [box.notifier("one")], {}, (inner) => ({
        ...inner,
        read: (work) => (away ? Promise.resolve(gone) : inner.read(work)),
        write: (statements) => (away ? Promise.resolve(gone) : inner.write(statements)),
      }));
      await settle();
      world.findings([other()]);
      await world.passes(60_000);
      away = true;
      world.findings([lag()]);
      await world.passes(60_000);
      expect(one.board()).toMatchObject({ inMemory: true });
      expect(box.told()).toEqual(["firing slot:node2", "firing lag:node1"]);
      away = false;
      await world.passes(60_000);
      expect(one.board()).toMatchObject({ inMemory: false, alerts: [{ findingId: "lag:node1", state: "firing" }] });
      start("two");
      world.findings([]);
      await world.passes(120_000);
      expect(box.told()).toEqual([
        "firing slot:node2",
        "firing lag:node1",
        "resolved slot:node2",
        "resolved lag:node1",
      ]);
    });

    test("a store that hesitates makes nobody tell twice", async () => {
      let away = false;
      const gone = { ok: false, failure: { kind: "slow", text: "no answer in time" } } as const;
      for (const boot of ["one", "two"]) {
        world.start(boot, [box.notifier(boot)], {}, (inner) => ({
          ...inner,
          read: (work) => (away ? Promise.resolve(gone) : inner.read(work)),
          write: (statements) => (away ? Promise.resolve(gone) : inner.write(statements)),
        }));
      }
      await settle();
      world.findings([lag()]);
      await world.passes(30_000);
      for (let round = 0; round < 6; round += 1) {
        away = !away;
        await world.passes(10_000, 2_000);
      }
      expect(box.told()).toEqual(["firing lag:node1"]);
    });
  });
}

async function deliveriesOf(one: ReturnType<ReturnType<typeof createWorld>["start"]>) {
  const stored = await one.desk.deliveries({ notifier: null, states: null, limit: 10 });
  if (!stored.ok) throw new Error(stored.failure.text);
  return stored.value;
}
