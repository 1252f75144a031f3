import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { message } from "@/lib/domain/message";
import { leaderTo } from "./testing/leader-to";
import {
  asker,
  beginsWhileLookedAt,
  check,
  confirming,
  createPipelineWorld,
  type Dashboard,
  type PipelineWorld,
  SWITCHOVER,
} from "./testing/pipeline-world";

let world: PipelineWorld;
let dashboard: Dashboard;
const anna = asker("anna");
const boris = asker("boris");
const scope = () => world.cluster.scope;
const DONE = { state: "done", outcome: { code: "switched-over", text: message("test.done"), reasons: [] } } as const;

beforeEach(async () => {
  world = createPipelineWorld();
  dashboard = world.start("a");
  await dashboard.resumed;
});
afterEach(() => world.close());

async function planned(by = anna, from: Dashboard = dashboard) {
  const made = await from.plan(by, scope(), SWITCHOVER);
  if (made.kind === "refused") throw new Error(made.code);
  return made.plan;
}
async function executed(over: Parameters<typeof confirming>[1] = {}, by = anna) {
  const { id } = await planned(by);
  return dashboard.execute(by, scope(), confirming(id, over));
}
const operationsNow = async () => {
  const stored = await dashboard.store.operations(scope(), { before: null, limit: 100 });
  return stored.ok ? stored.value : [];
};
const rows = async () => {
  const stored = await dashboard.audit.list({
    from: null,
    to: null,
    kinds: null,
    scope: null,
    actor: null,
    action: null,
    operationId: null,
    search: null,
    beforeSeq: null,
    limit: 200,
  });
  return stored.ok ? [...stored.value].reverse() : [];
};
const locksFree = async () => {
  const holder = await dashboard.store.holder(scope());
  return holder.ok && holder.value === null && world.key === null;
};
const ended = (state: string) =>
  vi.waitFor(async () => {
    world.state();
    expect((await operationsNow())[0]).toMatchObject({ state, phase: "ended" });
    expect(await locksFree()).toBe(true);
  }, 5_000);

describe("a confirmed plan", () => {
  test("is carried out once, with both locks held until the witnesses agree, and ends with both given back", async () => {
    world.answers = false;
    const begun = await executed();
    world.answers = true;
    expect(begun).toMatchObject({ kind: "ok", operation: { state: "running", phase: "calling", actor: "anna" } });
    await vi.waitFor(async () => {
      world.state();
      expect((await operationsNow())[0]).toMatchObject({ phase: "verifying", answers: [{ id: "only", kind: "done" }] });
    });
    expect(await locksFree()).toBe(false);
    expect(world.key).toMatchObject({ actor: "anna", dashboard: "host-of-a" });
    world.end = DONE;
    await ended("done");
    expect(world.calls).toHaveLength(1);
    expect(world.board()?.operations[0]).toMatchObject({ state: "done", outcome: { code: "switched-over" } });
  });

  test("is in the audit log before anything is called, with its reason and its end behind it", async () => {
    world.answers = false;
    await executed();
    const before = (await rows()).map(({ kind }) => kind);
    expect(before.slice(0, 3)).toEqual(["plan", "operation-requested", "operation-step"]);
    world.answers = true;
    world.end = DONE;
    await ended("done");
    await vi.waitFor(async () =>
      expect((await rows()).at(-1)).toMatchObject({ kind: "operation-ended", reason: "замена диска" }),
    );
    expect(await dashboard.audit.verify()).toMatchObject({ ok: true, value: { kind: "whole" } });
  });

  test("serves once", async () => {
    const { id } = await planned();
    const first = await dashboard.execute(anna, scope(), confirming(id));
    const operationId = first.kind === "ok" ? first.operation.id : "";
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({ code: "plan-used", operationId });
    expect(world.calls).toHaveLength(1);
  });

  test("serves once though two confirm it at the same moment", async () => {
    const { id } = await planned();
    const both = await Promise.all([1, 2].map(() => dashboard.execute(anna, scope(), confirming(id))));
    expect(both.filter(({ kind }) => kind === "ok")).toHaveLength(1);
    expect(both.find(({ kind }) => kind === "refused")).toMatchObject({
      code: expect.stringMatching(/plan-used|busy/),
    });
    expect(world.calls).toHaveLength(1);
  });

  test("of two on one cluster one begins; the other learns who was first", async () => {
    const [one, two] = [await planned(anna), await planned(boris)];
    const both = await Promise.all([
      dashboard.execute(anna, scope(), confirming(one.id)),
      dashboard.execute(boris, scope(), confirming(two.id)),
    ]);
    const winner = both.find((each) => each.kind === "ok");
    const loser = both.find((each) => each.kind === "refused");
    expect(loser).toMatchObject({
      code: "busy",
      holder: { operationId: winner?.kind === "ok" && winner.operation.id },
    });
    expect(world.calls).toHaveLength(1);
  });

  test("past its deadline it is unknown, never failed, and the locks are free", async () => {
    await executed();
    world.clock += 120_000;
    await ended("unknown");
    expect((await operationsNow())[0]?.outcome?.code).toBe("timed-out");
  });
});

describe("refusals name their reason, and nothing is called", () => {
  afterEach(async () => {
    expect(world.calls).toEqual([]);
    expect(await locksFree()).toBe(true);
  });

  test.each([
    { name: "the wrong name typed", over: { confirmation: "Demo" }, code: "wrong-confirmation" },
    { name: "no reason", over: { reason: "  a  b " }, code: "reason-missing" },
    { name: "no such plan", over: { planId: "none" }, code: "not-found" },
  ])("$name, and the plan may still be used", async ({ over, code }) => {
    const { id } = await planned();
    expect(await dashboard.execute(anna, scope(), confirming(id, over))).toMatchObject({ code });
    expect(await dashboard.store.plan(id)).toMatchObject({ ok: true, value: { usedBy: null } });
  });

  test("a plan of somebody else", async () => {
    const { id } = await planned(boris);
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({ code: "not-yours" });
  });

  test("a viewer's attempt", async () => {
    expect(await dashboard.plan(asker("vera", "viewer"), scope(), SWITCHOVER)).toMatchObject({ code: "forbidden" });
    const { id } = await planned();
    expect(await dashboard.execute(asker("anna", "viewer"), scope(), confirming(id))).toMatchObject({
      code: "forbidden",
    });
  });

  test("a plan that is two minutes old is kept as a refused operation", async () => {
    const { id } = await planned();
    world.clock += 121_000;
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({ code: "plan-expired" });
    expect((await operationsNow())[0]).toMatchObject({ state: "refused", outcome: { code: "plan-expired" } });
  });

  test("another leader than planned, naming what moved", async () => {
    const { id } = await planned();
    world.state((state) => leaderTo(state, "node2", "900"));
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({
      code: "fence-moved",
      reasons: [{ params: { before: "node1", after: "node2" } }],
    });
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({ code: "plan-used" });
  });

  test("a leader that changes between the last look and the lock", async () => {
    const { id } = await planned();
    world.revisionAtTaking = "901";
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({ code: "fence-moved" });
    expect((await operationsNow())[0]).toMatchObject({ state: "refused", outcome: { code: "fence-moved" } });
  });

  test("a block that is new", async () => {
    const { id } = await planned();
    world.checks = [check("candidate-lag", "block")];
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({
      code: "blocked",
      reasons: [{ params: { id: "candidate-lag" } }],
    });
  });

  test("a warning that was not ticked, and one that is new", async () => {
    world.checks = [check("long-transaction", "warn")];
    const { id } = await planned();
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({
      code: "unacknowledged",
      reasons: [{ params: { id: "long-transaction" } }],
    });
    world.checks = [check("long-transaction", "warn"), check("archiver", "warn")];
    const given = confirming(id, { acknowledged: ["long-transaction"] });
    expect(await dashboard.execute(anna, scope(), given)).toMatchObject({
      code: "unacknowledged",
      reasons: [{ params: { id: "archiver" } }],
    });
  });

  test("a key in the DCS that another dashboard holds names it", async () => {
    const { id } = await planned();
    world.key = {
      operationId: "x",
      action: "restart",
      actor: "carol",
      dashboard: "elsewhere",
      at: "2026-11-21T00:00:00Z" as never,
    };
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({
      code: "busy",
      holder: { actor: "carol", dashboard: "elsewhere" },
    });
    world.key = null;
  });

  test("what is new because another one began meanwhile is that one's doing, and it is named", async () => {
    const { id } = await planned();
    beginsWhileLookedAt(world, "carol");
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({
      code: "busy",
      holder: { actor: "carol", dashboard: "elsewhere" },
    });
    world.key = null;
  });

  test.each(["plan", "begin", "save", "audit"])("a store that fails at %s before the call", async (method) => {
    const { id } = await planned();
    world.failing.add(method);
    expect(await dashboard.execute(anna, scope(), confirming(id))).toMatchObject({ code: "store-failed" });
    world.failing.clear();
    await vi.waitFor(async () => expect(await locksFree()).toBe(true), 5_000);
  });
});

test("a secret that somebody would set is in no plan, no operation and no record", async () => {
  const patch = { postgresql: { parameters: { primary_conninfo: "host=a password=hunter2" } }, ttl: 40 };
  const made = await dashboard.plan(anna, scope(), { action: "configuration", revision: "7", patch });
  if (made.kind === "refused") throw new Error(made.code);
  const stored = await dashboard.store.plan(made.plan.id);
  await dashboard.execute(anna, scope(), confirming(made.plan.id));
  const everything = JSON.stringify([made.plan, stored, await operationsNow(), await rows()]);
  expect(everything).not.toContain("hunter2");
  expect(made.plan.request).toMatchObject({ patch: { ttl: 40 } });
});

test("what is disabled by configuration is refused before anything is looked at", async () => {
  const strict = createPipelineWorld({ disabled: ["switchover"] });
  const one = strict.start("a");
  expect(await one.plan(anna, strict.cluster.scope, SWITCHOVER)).toMatchObject({ code: "action-disabled" });
  await strict.close();
});

test("blocks are overridden by an admin alone, for a failover alone, each by its name", async () => {
  world.checks = [check("candidate-lag", "block", true), check("no-quorum", "block", false)];
  const admin = asker("root", "admin");
  const failover = { action: "failover", candidate: "node2" as never } as const;
  const given = { overridden: ["candidate-lag", "no-quorum"] };
  const tryIt = async (by: typeof anna, request: typeof failover | typeof SWITCHOVER) => {
    const made = await dashboard.plan(by, scope(), request);
    return dashboard.execute(by, scope(), confirming(made.kind === "ok" ? made.plan.id : "", given));
  };
  expect(await tryIt(admin, failover)).toMatchObject({ code: "blocked", reasons: [{ params: { id: "no-quorum" } }] });
  world.checks = [check("candidate-lag", "block", true)];
  expect(await tryIt(anna, failover)).toMatchObject({ code: "blocked" });
  expect(await tryIt(admin, SWITCHOVER)).toMatchObject({ code: "blocked" });
  expect(await tryIt(admin, failover)).toMatchObject({ kind: "ok", operation: { overridden: ["candidate-lag"] } });
});

test("a store that fails after the call delays what is written, and loses nothing of it", async () => {
  world.answers = false;
  await executed();
  for (const method of ["save", "release", "renew", "audit"]) world.failing.add(method);
  world.answers = true;
  world.end = DONE;
  await vi.waitFor(() => {
    world.state();
    expect(world.board()?.operations[0]).toMatchObject({ state: "done" });
  });
  expect((await operationsNow())[0]).toMatchObject({ state: "running" });
  world.failing.clear();
  await ended("done");
  await vi.waitFor(async () => expect((await rows()).map(({ kind }) => kind)).toContain("operation-ended"), 5_000);
});
