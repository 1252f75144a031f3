import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "@/lib/db/types";
import type { Operation } from "@/lib/domain/actions/operation";
import { clusterScope, instant } from "@/lib/domain/ids";
import { createActionStore } from "../store";
import type { ActionStore } from "../types";
import { AT, operationRecord, planRecord } from "./records";

const SCOPE = clusterScope("demo");
const FAILED = { ok: false, failure: { kind: "failed" } } as const;

/** What the action store must do on every database. `place` gives one without tables, to be opened as often as one likes. */
export function actionStoreGuarantees(name: string, place: () => Promise<() => Store>): void {
  describe(`the action store on ${name}`, () => {
    let open: () => Store;
    let opened: Store[];
    let store: ActionStore;
    let clock: number;
    beforeEach(async () => {
      open = await place();
      opened = [];
      clock = AT;
      store = another();
    });
    afterEach(async () => {
      await Promise.all(opened.map((one) => one.close()));
    });

    function another(through: (store: Store) => Store = (same) => same): ActionStore {
      const one = open();
      opened.push(one);
      return createActionStore(through(one), () => clock);
    }
    const value = async <T>(answer: Promise<{ ok: true; value: T } | { ok: false; failure: unknown }>) => {
      const got = await answer;
      if (!got.ok) throw new Error(JSON.stringify(got.failure));
      return got.value;
    };
    /** An operation that has begun, with its plan `p-<id>`. */
    async function begun(id: string, over: Partial<Operation> = {}): Promise<Operation> {
      await value(store.savePlan(planRecord(`p-${id}`)));
      const operation = operationRecord(id, `p-${id}`, over);
      expect(await value(store.begin(operation))).toEqual({ kind: "begun" });
      return operation;
    }
    async function end(operation: Operation): Promise<void> {
      await value(store.save({ ...operation, state: "done", phase: "ended" }));
      await value(store.release(SCOPE, operation.id));
    }

    test("a plan comes back as it was saved, unused; one that was never saved is none", async () => {
      await value(store.savePlan(planRecord("p1")));
      await value(store.savePlan(planRecord("p1", { plannedBy: "somebody else" })));
      expect(await value(store.plan("p1"))).toEqual({ plan: planRecord("p1"), usedBy: null });
      expect(await value(store.plan("p2"))).toBeNull();
    });

    test("plans that nobody used are forgotten a day after they ran out, used ones are kept", async () => {
      await begun("op1");
      await value(store.savePlan(planRecord("p-unused")));
      clock += 2 * 86_400_000;
      await value(store.savePlan(planRecord("p-new", { expiresAt: instant(clock + 120_000) })));
      expect(await value(store.plan("p-unused"))).toBeNull();
      expect(await value(store.plan("p-op1"))).toMatchObject({ usedBy: "op1" });
      expect(await value(store.plan("p-new"))).toMatchObject({ usedBy: null });
    });

    test("beginning uses the plan up, takes the row and stores the operation", async () => {
      const operation = await begun("op1");
      expect(await value(store.plan("p-op1"))).toMatchObject({ usedBy: "op1" });
      const holder = { operationId: "op1", action: "switchover", actor: "anna", at: AT, renewedAt: AT };
      expect(await value(store.holder(SCOPE))).toEqual(holder);
      expect(await value(store.operation("op1"))).toEqual(operation);
      expect(await value(store.open())).toEqual([operation]);
      expect(await value(store.holder(clusterScope("other")))).toBeNull();
    });

    test("beginning again with the same operation is still that one beginning", async () => {
      const operation = await begun("op1");
      expect(await value(store.begin(operation))).toEqual({ kind: "begun" });
      await end(operation);
      expect(await value(store.begin(operation))).toEqual({ kind: "plan-used", operationId: "op1" });
      expect(await value(store.holder(SCOPE))).toBeNull();
    });

    test("a plan that is not in the store begins nothing", async () => {
      expect(await store.begin(operationRecord("op1", "p1"))).toMatchObject(FAILED);
      expect(await store.put(operationRecord("op1", "p1"))).toMatchObject(FAILED);
      expect(await value(store.holder(SCOPE))).toBeNull();
      expect(await value(store.operation("op1"))).toBeNull();
    });

    test("while one runs another learns who and what, and keeps its plan; another cluster is free", async () => {
      const first = await begun("op1");
      await value(store.savePlan(planRecord("p2")));
      const second = operationRecord("op2", "p2");
      expect(await value(store.begin(second))).toMatchObject({ kind: "busy", holder: { operationId: "op1" } });
      expect(await value(store.plan("p2"))).toMatchObject({ usedBy: null });
      expect(await value(store.operation("op2"))).toBeNull();
      await value(store.savePlan(planRecord("p3", { scope: "other" })));
      expect(await value(store.begin(operationRecord("op3", "p3", { scope: "other" })))).toEqual({ kind: "begun" });
      await end(first);
      expect(await value(store.begin(second))).toEqual({ kind: "begun" });
    });

    test("of twenty that begin at once on two dashboards with one plan, exactly one begins", async () => {
      await value(store.savePlan(planRecord("p1")));
      const both = [store, another()];
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => both[n % 2]?.begin(operationRecord(`op${n}`, "p1")) ?? FAILED),
      );
      const kinds = answers.map((answer) => (answer.ok ? answer.value.kind : answer.failure.kind));
      expect(kinds.filter((kind) => kind === "begun")).toHaveLength(1);
      expect(kinds.filter((kind) => kind === "plan-used")).toHaveLength(19);
      const winner = `op${kinds.indexOf("begun")}`;
      expect(await value(store.plan("p1"))).toMatchObject({ usedBy: winner });
      expect(await value(store.holder(SCOPE))).toMatchObject({ operationId: winner });
      expect((await value(store.open())).map(({ id }) => id)).toEqual([winner]);
    });

    test("of twenty with a plan each, exactly one begins, and nineteen learn of it and keep their plans", async () => {
      const ids = Array.from({ length: 20 }, (_, n) => n);
      for (const n of ids) await value(store.savePlan(planRecord(`p${n}`)));
      const both = [store, another()];
      const answers = await Promise.all(
        ids.map((n) => both[n % 2]?.begin(operationRecord(`op${n}`, `p${n}`)) ?? FAILED),
      );
      const kinds = answers.map((answer) => (answer.ok ? answer.value.kind : answer.failure.kind));
      const winner = `op${kinds.indexOf("begun")}`;
      expect(kinds.filter((kind) => kind === "begun")).toHaveLength(1);
      for (const answer of answers) {
        expect(answer).toMatchObject(
          answer.ok && answer.value.kind === "begun"
            ? { ok: true }
            : { ok: true, value: { kind: "busy", holder: { operationId: winner } } },
        );
      }
      const used = await Promise.all(ids.map(async (n) => (await value(store.plan(`p${n}`)))?.usedBy));
      expect(used.filter((by) => by !== null)).toEqual([winner]);
    });

    test("a plan that is put and begun with at once is used by one of them, and no lock is left without it", async () => {
      for (let round = 0; round < 10; round += 1) {
        const plan = `p${round}`;
        await value(store.savePlan(planRecord(plan)));
        const refused = operationRecord(`refused${round}`, plan, { state: "refused", phase: "ended" });
        const running = operationRecord(`running${round}`, plan);
        const [put, began] = await Promise.all([value(another().put(refused)), value(store.begin(running))]);
        expect([put.kind, began.kind].sort()).toEqual(
          put.kind === "stored" ? ["plan-used", "stored"] : ["begun", "plan-used"],
        );
        expect(await value(store.holder(SCOPE))).toEqual(
          began.kind === "begun" ? expect.objectContaining({ operationId: running.id }) : null,
        );
        if (began.kind === "begun") await end(running);
      }
    });

    test("what was refused, or waits for approval, is stored without the lock and uses its plan up", async () => {
      await value(store.savePlan(planRecord("p1")));
      const waiting = operationRecord("op1", "p1", { state: "awaiting-approval" });
      expect(await value(store.put(waiting))).toEqual({ kind: "stored" });
      expect(await value(store.put(waiting))).toEqual({ kind: "stored" });
      expect(await value(store.holder(SCOPE))).toBeNull();
      expect(await value(store.open())).toEqual([waiting]);
      expect(await value(store.begin(operationRecord("op2", "p1")))).toEqual({ kind: "plan-used", operationId: "op1" });
      expect(await value(store.put(operationRecord("op3", "p1")))).toEqual({ kind: "plan-used", operationId: "op1" });
    });

    test("what waited is approved once, by one of two at once, and only while it waits", async () => {
      await value(store.savePlan(planRecord("p1")));
      await value(store.put(operationRecord("op1", "p1", { state: "awaiting-approval" })));
      const other = another();
      const approved = (by: string, boot: string) => operationRecord("op1", "p1", { approvedBy: by, boot });
      const answers = await Promise.all([
        value(store.lock(approved("boris", "boot-1"))),
        value(store.lock(approved("clara", "boot-1"))),
        value(other.lock(approved("dora", "boot-2"))),
      ]);
      expect(answers.filter(({ kind }) => kind === "begun")).toHaveLength(1);
      const winner = ["boris", "clara", "dora"][answers.findIndex(({ kind }) => kind === "begun")];
      expect(await value(store.operation("op1"))).toMatchObject({ state: "running", approvedBy: winner });
    });

    test("what was withdrawn is not begun any more", async () => {
      await value(store.savePlan(planRecord("p1")));
      const waiting = operationRecord("op1", "p1", { state: "awaiting-approval" });
      await value(store.put(waiting));
      await value(store.save({ ...waiting, state: "refused", phase: "ended" }));
      expect(await store.lock({ ...waiting, state: "running" })).toMatchObject(FAILED);
      expect(await value(store.holder(SCOPE))).toBeNull();
    });

    test("what waited learns who is first on its cluster", async () => {
      await value(store.savePlan(planRecord("p1")));
      const waiting = operationRecord("op1", "p1", { state: "awaiting-approval" });
      await value(store.put(waiting));
      await begun("op2");
      expect(await value(store.lock({ ...waiting, state: "running" }))).toMatchObject({
        kind: "busy",
        holder: { operationId: "op2" },
      });
      expect(await value(store.operation("op1"))).toMatchObject({ state: "awaiting-approval" });
    });

    test("an operation is saved as it goes; once it has ended it is not opened again, but may be told more of", async () => {
      const operation = await begun("op1");
      await value(store.save({ ...operation, phase: "calling" }));
      expect(await value(store.operation("op1"))).toMatchObject({ phase: "calling" });
      const ended = { ...operation, state: "done", phase: "ended" } as const;
      await value(store.save(ended));
      await value(store.save({ ...operation, phase: "verifying" }));
      expect(await value(store.operation("op1"))).toMatchObject({ state: "done", phase: "ended" });
      await value(store.save({ ...ended, writeGapMs: 3_100 }));
      expect(await value(store.operation("op1"))).toMatchObject({ state: "done", writeGapMs: 3_100 });
      expect(await value(store.open())).toEqual([]);
      expect(await store.save(operationRecord("op2", "p-op1"))).toMatchObject(FAILED);
    });

    test("the lock is given back by its own operation alone, and never while the stored operation runs", async () => {
      const operation = await begun("op1");
      expect(await store.release(SCOPE, "op1")).toMatchObject(FAILED);
      await value(store.release(SCOPE, "op2"));
      expect(await value(store.holder(SCOPE))).toMatchObject({ operationId: "op1" });
      await end(operation);
      await value(store.release(SCOPE, "op1"));
      expect(await value(store.holder(SCOPE))).toBeNull();
    });

    test("a carrier that is alive is not relieved; one that was silent is, by one of two at once", async () => {
      const operation = await begun("op1");
      clock += 20_000;
      await value(store.renew(SCOPE, "op1", "boot-1"));
      clock += 20_000;
      const silentSince = () => clock - 30_000;
      expect(await value(store.takeOver("op1", "boot-2", silentSince()))).toBe(false);
      expect(await value(store.operation("op1"))).toMatchObject({ boot: "boot-1" });
      clock += 20_000;
      const [one, other] = await Promise.all([
        value(store.takeOver("op1", "boot-2", silentSince())),
        value(another().takeOver("op1", "boot-3", silentSince())),
      ]);
      expect([one, other].filter(Boolean)).toHaveLength(1);
      const carrier = one ? "boot-2" : "boot-3";
      expect(await value(store.open())).toEqual([{ ...operation, boot: carrier }]);
      expect(await value(store.holder(SCOPE))).toMatchObject({ renewedAt: clock });
    });

    test("who was relieved learns it from each thing that it does, and changes nothing", async () => {
      const operation = await begun("op1");
      clock += 60_000;
      expect(await value(store.takeOver("op1", "boot-2", clock - 30_000))).toBe(true);
      expect(await store.renew(SCOPE, "op1", "boot-1")).toMatchObject(FAILED);
      expect(await store.save({ ...operation, state: "failed", phase: "ended" })).toMatchObject(FAILED);
      expect(await store.release(SCOPE, "op1")).toMatchObject(FAILED);
      expect(await value(store.operation("op1"))).toMatchObject({ state: "running", boot: "boot-2" });
      await value(store.renew(SCOPE, "op1", "boot-2"));
      await value(store.save({ ...operation, boot: "boot-2", phase: "verifying" }));
      expect(await value(store.operation("op1"))).toMatchObject({ phase: "verifying" });
    });

    test("what has ended, or never was, is not taken over; our own is, whenever we ask", async () => {
      const operation = await begun("op1");
      expect(await value(store.takeOver("op1", "boot-1", 0))).toBe(true);
      await end(operation);
      expect(await value(store.takeOver("op1", "boot-1", clock + 1))).toBe(false);
      expect(await value(store.takeOver("op9", "boot-1", clock + 1))).toBe(false);
    });

    test("what waits without a lock gets one by being taken over, where the cluster is free", async () => {
      await value(store.savePlan(planRecord("p1")));
      await value(store.put(operationRecord("op1", "p1", { state: "scheduled", boot: "boot-0" })));
      const running = await begun("op2");
      expect(await value(store.takeOver("op1", "boot-2", clock + 1))).toBe(false);
      await end(running);
      expect(await value(store.takeOver("op1", "boot-2", clock + 1))).toBe(true);
      expect(await value(store.holder(SCOPE))).toMatchObject({ operationId: "op1" });
    });

    test("operations are listed newest first, page by page, of one cluster", async () => {
      for (let n = 1; n <= 5; n += 1) await end(await begun(`op${n}`, { createdAt: instant(AT + n) }));
      await value(store.savePlan(planRecord("px")));
      await value(store.put(operationRecord("opx", "px", { scope: "other", state: "refused" })));
      const page = async (before: number | null) =>
        (await value(store.operations(SCOPE, { before, limit: 2 }))).map(({ id }) => id);
      expect(await page(null)).toEqual(["op5", "op4"]);
      expect(await page(AT + 4)).toEqual(["op3", "op2"]);
      expect(await page(AT + 1)).toEqual([]);
    });

    test("a note on the pause is kept, replaced and taken away", async () => {
      const note = { owner: "anna", reason: "upgrade", since: instant(AT), until: null, resumeAtEnd: false };
      expect(await value(store.pause(SCOPE))).toBeNull();
      await value(store.setPause(SCOPE, note));
      await value(store.setPause(SCOPE, { ...note, owner: "boris" }));
      expect(await value(store.pause(SCOPE))).toEqual({ ...note, owner: "boris" });
      await value(store.setPause(SCOPE, null));
      await value(store.setPause(SCOPE, null));
      expect(await value(store.pause(SCOPE))).toBeNull();
    });

    describe("the answer of a write is lost", () => {
      const SLOW = { ok: false, failure: { kind: "slow", text: "no answer in time" } } as const;
      type Loss = (write: () => ReturnType<Store["write"]>, nth: number) => ReturnType<Store["write"]>;
      const losing = (loss: Loss) => {
        let writes = 0;
        return another((inner) => {
          const read = <T>(work: Parameters<typeof inner.read<T>>[0]) => inner.read(work);
          return { ...inner, read, write: (statements) => loss(() => inner.write(statements), ++writes) };
        });
      };
      const committed: Loss = async (write, nth) => {
        const written = await write();
        return nth === 1 ? SLOW : written;
      };
      const neverSent: Loss = async (write, nth) => (nth === 1 ? SLOW : await write());
      const late: Loss = async (write, nth) => {
        if (nth > 1) return await write();
        setTimeout(() => void write(), 15);
        return SLOW;
      };
      test.each([
        ["after it was committed", committed],
        ["before it was sent", neverSent],
        ["and it comes through later", late],
      ])("%s: the operation has begun all the same, once", async (_name, loss) => {
        await value(store.savePlan(planRecord("p1")));
        await value(store.savePlan(planRecord("p2")));
        expect(await value(losing(loss).begin(operationRecord("op1", "p1")))).toEqual({ kind: "begun" });
        expect(await value(store.begin(operationRecord("op2", "p1")))).toMatchObject({ kind: "plan-used" });
        expect(await value(store.begin(operationRecord("op2", "p2")))).toMatchObject({ kind: "busy" });
        expect(await value(store.open())).toHaveLength(1);
      });

      test.each([
        ["after it was committed", committed],
        ["before it was sent", neverSent],
      ])("%s: what waited is begun by who asked", async (_name, loss) => {
        await value(store.savePlan(planRecord("p1")));
        const waiting = operationRecord("op1", "p1", { state: "awaiting-approval" });
        await value(store.put(waiting));
        expect(await value(losing(loss).lock({ ...waiting, state: "running" }))).toEqual({ kind: "begun" });
      });

      test("for good: it is told as it is", async () => {
        await value(store.savePlan(planRecord("p1")));
        const gone = losing(async () => SLOW);
        expect(await gone.begin(operationRecord("op1", "p1"))).toEqual(SLOW);
        expect(await value(store.holder(SCOPE))).toBeNull();
      });
    });
  });
}
