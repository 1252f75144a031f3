import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Store } from "@/lib/db/types";
import { instant } from "@/lib/domain/ids";
import type { Incident } from "@/lib/domain/incident/incident";
import { readCondition } from "@/lib/domain/runbooks/check";
import type { Condition } from "@/lib/domain/runbooks/condition";
import type { Runbook, RunbookStep } from "@/lib/domain/runbooks/runbook";
import { instruction, note, operationSeen, RUNS_AT, runbookOf, switchover } from "@/lib/domain/testing/runs";
import { createWorld, type Dashboard, DEMO } from "./dashboards";

function condition(source: string): Condition {
  const read = readCondition(source, new Map([["candidate", "replica"]]));
  if (read.kind === "error") throw new Error(JSON.stringify(read.problems));
  return read.condition;
}

const both = (text: string) => ({ en: text, ru: text });
const base = (id: string) => ({ id, title: both(id), text: null, next: null });
const steady: RunbookStep = { ...base("steady"), kind: "check", condition: condition("not paused"), holdsUntil: null };
const moved: RunbookStep = {
  ...base("moved"),
  kind: "wait",
  condition: condition("leader == $candidate"),
  withinMs: 60_000,
  past: both("Look at the log."),
};

const PLANNED = runbookOf([steady, instruction("tell"), switchover("switch"), moved, note("after")]);
const NOTES = runbookOf([note("a"), note("b")], { id: "notes", inputs: [] });
const DRILL: Runbook = runbookOf([note("kill"), steady], {
  id: "drill-failover",
  kind: "drill",
  inputs: [],
  expectsLeader: false,
  preconditions: [{ text: both("Not paused."), condition: condition("not paused") }],
});
const WARY = runbookOf([note("a")], {
  id: "wary",
  inputs: [],
  preconditions: [{ text: both("It is paused."), condition: condition("paused") }],
});

const FAILOVER: Incident = {
  scope: DEMO,
  window: { from: instant(RUNS_AT), to: instant(RUNS_AT + 30_000) },
  kind: "failover",
  outage: {
    startedAt: instant(RUNS_AT + 5_000),
    endedAt: instant(RUNS_AT + 17_400),
    lengthMs: 12_400,
    basis: "client-eye",
  },
  phases: [],
  prelude: [],
  aftermath: [],
  before: { leader: "node1", timeline: 7 },
  after: { leader: "node2", timeline: 8 },
  gaps: [],
  sentences: [],
  holes: [],
};

/** What runs guarantee on every store. `place` gives one without tables, to be opened as often as one likes. */
export function runGuarantees(name: string, place: () => Promise<() => Store>): void {
  describe(`runs on ${name}`, { timeout: 60_000 }, () => {
    let world: ReturnType<typeof createWorld>;
    beforeEach(async () => {
      world = createWorld(await place(), [PLANNED, NOTES, DRILL, WARY]);
    });
    afterEach(async () => {
      await world.close();
      vi.restoreAllMocks();
    });

    async function begun(one: Dashboard, request: Parameters<Dashboard["begin"]>[0] = {}, by = "anna") {
      await world.passes(1_000);
      const answer = await one.begin(request, by);
      if (answer.kind === "refused") throw new Error(`${answer.code}: ${answer.detail}`);
      return answer.value.run.id;
    }
    const notes = { runbookId: "notes", inputs: {} };
    const drill = { runbookId: "drill-failover", inputs: {} };

    test("a run begins, ticks itself by what is seen, and is on the board of its cluster", async () => {
      const one = world.start();
      const id = await begun(one);
      expect(await one.kinds(id)).toEqual(["started", "ticked steady"]);
      await world.passes(1_000);
      expect(one.board()).toMatchObject({
        runs: [
          {
            id,
            runbookId: "planned-switchover",
            title: { en: "Planned switchover" },
            state: "running",
            carrier: "anna",
            step: { number: 2, of: 5 },
            contradiction: null,
          },
        ],
        proven: { failover: null, restore: null },
      });
    });

    test("goes the whole way: a person, an operation, a wait, and the record says all of it", async () => {
      const one = world.start();
      const id = await begun(one);
      await one.command(id, { kind: "tick", stepId: "tell", note: "told the owners" });
      await world.passes(1_000);
      world.shows({ operations: [operationSeen("o1", "running", 2_500)] });
      await world.passes(2_000);
      world.shows({ leader: "node2", operations: [operationSeen("o1", "done", 2_500)] });
      await world.passes(2_000);
      await one.command(id, { kind: "tick", stepId: "after", note: null });
      expect(await one.run(id)).toMatchObject({ state: "done", expectedLeader: "node2" });
      expect(await one.kinds(id)).toEqual([
        "started",
        "ticked steady",
        "ticked tell",
        "operation switch",
        "ticked switch",
        "ticked moved",
        "ticked after",
        "done",
      ]);
      expect(await one.audited()).toEqual(["run-begun anna", "run-done dashboard"]);
      await world.passes(1_000);
      expect(one.board()?.runs).toEqual([]);
    });

    test("an operation that no board shows any more is followed in the store", async () => {
      const one = world.start();
      const id = await begun(one);
      await one.command(id, { kind: "tick", stepId: "tell", note: null });
      await world.passes(1_000);
      world.keeps(operationSeen("o1", "running", 2_500));
      await one.command(id, { kind: "operation", stepId: "switch", operationId: "o1" });
      world.keeps(operationSeen("o1", "done", 2_500));
      await world.passes(2_000);
      expect((await one.run(id))?.steps[2]).toMatchObject({ state: "ticked", operationId: "o1" });
    });

    test("a contradiction stops it, by whichever dashboard sees it, and only once", async () => {
      const [one, two] = [world.start(), world.start()];
      const id = await begun(one);
      await world.passes(3_000);
      world.shows({ leader: "node3" });
      await world.passes(3_000);
      expect(await two.kinds(id)).toEqual(["started", "ticked steady", "contradicted tell"]);
      expect(await one.audited()).toEqual(["run-begun anna", "run-stopped dashboard"]);
      for (const each of [one, two]) {
        expect(each.board()?.runs).toMatchObject([{ id, state: "stopped", contradiction: { kind: "other-leader" } }]);
      }
    });

    test("goes on after the dashboard was killed in the middle, from where it was", async () => {
      const one = world.start();
      const id = await begun(one);
      await one.command(id, { kind: "tick", stepId: "tell", note: null });
      one.kill();
      world.shows({ operations: [operationSeen("o1", "running", 1_500)] });
      const two = world.start();
      await world.passes(2_000);
      expect((await two.run(id))?.steps[2]).toMatchObject({ state: "current", operationId: "o1" });
      world.shows({ leader: "node2", operations: [operationSeen("o1", "done", 1_500)] });
      await world.passes(3_000);
      expect(await two.run(id)).toMatchObject({ state: "running", carrier: "anna" });
      expect((await two.run(id))?.steps[4]).toMatchObject({ stepId: "after", state: "current" });
    });

    test("a contradiction that came about while no dashboard ran is seen by the next one", async () => {
      const one = world.start();
      const id = await begun(one);
      one.kill();
      world.shows({ leader: "node3" });
      const two = world.start();
      await world.passes(2_000);
      expect(await two.run(id)).toMatchObject({ state: "stopped", contradiction: { kind: "other-leader" } });
    });

    test("is carried on another dashboard by whoever took it over there", async () => {
      const [one, two] = [world.start(), world.start()];
      const id = await begun(one, notes);
      await one.command(id, { kind: "hand-over", to: "boris" });
      expect(await two.command(id, { kind: "take-over" }, "boris")).toMatchObject({ kind: "ok" });
      expect(await one.command(id, { kind: "tick", stepId: "a", note: null })).toMatchObject({ code: "not-yours" });
      expect(await two.command(id, { kind: "tick", stepId: "a", note: null }, "boris")).toMatchObject({ kind: "ok" });
      await world.passes(3_000);
      expect(one.board()?.runs).toMatchObject([{ id, carrier: "boris" }]);
      expect(await one.audited()).toEqual(["run-begun anna", "run-handed-over anna", "run-taken-over boris"]);
    });

    test("of two who change the same version at once one does, and the other is told", async () => {
      const [one, two] = [world.start(), world.start()];
      const id = await begun(one, notes);
      await world.passes(3_000);
      const tick = { kind: "tick", stepId: "a", note: null } as const;
      const answers = await Promise.all([one.command(id, tick), two.command(id, tick)]);
      const codes = answers.map((answer) => (answer.kind === "ok" ? "ok" : answer.code));
      expect(codes).toContain("ok");
      expect(codes.filter((code) => code === "ok")).toHaveLength(1);
      expect(await one.kinds(id)).toEqual(["started", "ticked a"]);
    });

    test("who saw an older version is told so", async () => {
      const one = world.start();
      const id = await begun(one, notes);
      await one.command(id, { kind: "tick", stepId: "a", note: null });
      const late = await one.command(id, { kind: "tick", stepId: "b", note: null }, "anna", 1);
      expect(late).toMatchObject({ kind: "refused", code: "moved" });
    });

    test("one run of a runbook is open on a cluster at a time; the second is told of the first", async () => {
      const [one, two] = [world.start(), world.start()];
      const id = await begun(one, notes);
      expect(await two.begin(notes, "boris")).toMatchObject({ kind: "refused", code: "run-open", runId: id });
      await one.command(id, { kind: "abandon", reason: "not today" });
      expect(await two.begin(notes, "boris")).toMatchObject({ kind: "ok" });
    });

    test.each([
      ["there is no such runbook", { runbookId: "nothing" }, "anna", "not-found"],
      ["a viewer asks for it", notes, "vera", "forbidden"],
      ["an input is missing", { inputs: {} }, "anna", "bad-request"],
      ["the candidate leads already", { inputs: { candidate: "node1" } }, "anna", "bad-request"],
      ["the candidate is a stranger", { inputs: { candidate: "node9" } }, "anna", "bad-request"],
      ["something is given that is not asked for", { ...notes, inputs: { x: "y" } }, "anna", "bad-request"],
      [
        "a precondition is not true, and no reason is given",
        { runbookId: "wary", inputs: {} },
        "anna",
        "reason-missing",
      ],
    ])("none begins when %s", async (_name, request, by, code) => {
      const one = world.start();
      await world.passes(1_000);
      expect(await one.begin(request, by)).toMatchObject({ kind: "refused", code });
    });

    test("in spite of a precondition one begins with a reason, which its record then tells", async () => {
      const one = world.start();
      const id = await begun(one, { runbookId: "wary", inputs: {}, reason: "we know" });
      const stored = await one.desk.run(id);
      expect(stored.ok && stored.value?.entries[0]).toMatchObject({ kind: "started", by: "anna", note: "we know" });
    });

    test("what cannot be put on the record of the dashboard is not done", async () => {
      const one = world.start();
      const id = await begun(one, notes);
      one.refuse("audit");
      expect(await one.command(id, { kind: "abandon", reason: "x" })).toMatchObject({ code: "store-failed" });
      expect(await one.begin()).toMatchObject({ code: "store-failed" });
      one.refuse(null);
      expect((await one.run(id))?.state).toBe("running");
    });

    test("what it saw while the store was away is written when that is back", async () => {
      const one = world.start();
      const id = await begun(one);
      one.refuse("store");
      world.shows({ leader: "node3" });
      await world.passes(3_000);
      expect((await one.run(id))?.state).toBe("running");
      // By now it has passed again; that it was is on the record all the same, and when.
      world.shows({ leader: "node1" });
      await world.passes(3_000);
      one.refuse(null);
      await world.passes(2_000);
      expect(await one.kinds(id)).toEqual(["started", "ticked steady", "contradicted tell"]);
      expect((await one.run(id))?.contradiction?.at).toBe("2026-11-21T03:00:02.000Z");
    });

    describe("a drill", () => {
      test("is refused on production, unless an admin says why; that stands on the run and in the audit log", async () => {
        const one = world.start();
        world.shows({ environment: "Production" });
        await world.passes(1_000);
        expect(await one.begin({ ...drill, reason: "please" }, "anna")).toMatchObject({ code: "forbidden" });
        expect(await one.begin(drill, "clara")).toMatchObject({ code: "reason-missing" });
        const id = await begun(one, { ...drill, reason: "quarterly, agreed with the owners" }, "clara");
        const override = { by: "clara", reason: "quarterly, agreed with the owners" };
        expect(await one.run(id)).toMatchObject({ override });
        expect(await one.audited()).toEqual(["run-begun clara"]);
      });

      test("does not begin while what it needs is not true, whatever the reason", async () => {
        const one = world.start();
        world.shows({ paused: true });
        await world.passes(1_000);
        expect(await one.begin({ ...drill, reason: "now!" }, "clara")).toMatchObject({ code: "blocked" });
      });

      test("that came to its end is measured once, and its cluster shows what it has proven, and where", async () => {
        const [one, two] = [world.start(), world.start()];
        const id = await begun(one, drill);
        await one.command(id, { kind: "tick", stepId: "kill", note: null });
        expect((await one.run(id))?.state).toBe("done");
        await world.passes(8_000);
        expect(one.board()?.proven.failover).toBeNull();
        one.tells(FAILOVER);
        await world.passes(4_000);
        const failover = { at: "2026-11-21T03:00:01.000Z", runId: id, gapMs: 12_400 };
        expect(one.board()?.proven).toEqual({ failover, restore: null });
        await world.passes(31_000);
        expect(two.board()?.proven.failover).toEqual(failover);
        const stored = await two.desk.run(id);
        expect(stored.ok && stored.value).toMatchObject({
          proof: "failover",
          measured: { kind: "failover", gapMs: 12_400, before: "node1", after: "node2" },
        });
      });

      test.each([
        ["was abandoned", { kind: "abandon", reason: "phone" } as const, FAILOVER],
        [
          "changed no leader",
          { kind: "tick", stepId: "kill", note: null } as const,
          { ...FAILOVER, kind: "outage" as const, after: FAILOVER.before },
        ],
      ])("that %s proves nothing", async (_name, command, incident) => {
        const one = world.start();
        one.tells(incident);
        const id = await begun(one, drill);
        await one.command(id, command);
        await world.passes(10_000);
        expect(one.board()?.proven).toEqual({ failover: null, restore: null });
      });
    });
  });
}
