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
const [anna, boris, root] = [asker("anna"), asker("boris"), asker("root", "admin")];
const DONE = { state: "done", outcome: { code: "switched-over", text: message("test.done"), reasons: [] } } as const;

beforeEach(async () => {
  world = createPipelineWorld({ approval: ["switchover"], approvalWithinMs: 600_000 });
  dashboard = world.start("a");
  await dashboard.resumed;
});
afterEach(() => world.close());

async function asked(): Promise<string> {
  const { scope } = world.cluster;
  const made = await dashboard.plan(anna, scope, SWITCHOVER);
  if (made.kind === "refused") throw new Error(made.code);
  expect(made.plan.needsApproval).toBe(true);
  const acknowledged = made.plan.checks.filter(({ status }) => status === "warn").map(({ id }) => id);
  const waiting = await dashboard.execute(anna, scope, confirming(made.plan.id, { acknowledged }));
  if (waiting.kind === "refused") throw new Error(waiting.code);
  expect(waiting.operation).toMatchObject({ state: "awaiting-approval", startedAt: null });
  return waiting.operation.id;
}
const stored = async (id: string) => {
  const found = await dashboard.store.operation(id);
  return found.ok ? found.value : null;
};
const locksFree = async () => {
  const holder = await dashboard.store.holder(world.cluster.scope);
  return holder.ok && holder.value === null && world.key === null;
};

describe("four eyes", () => {
  test("nothing is called and nothing is locked while it waits", async () => {
    await asked();
    expect(world.calls).toEqual([]);
    expect(await locksFree()).toBe(true);
    expect(world.board()?.operations[0]).toMatchObject({ state: "awaiting-approval" });
  });

  test("another operator approves, and it runs", async () => {
    const id = await asked();
    expect(await dashboard.approve(boris, id)).toMatchObject({
      kind: "ok",
      operation: { approvedBy: "boris", actor: "anna" },
    });
    world.end = DONE;
    await vi.waitFor(async () => {
      world.state();
      expect(await stored(id)).toMatchObject({ state: "done", approvedBy: "boris" });
      expect(await locksFree()).toBe(true);
    });
    expect(await dashboard.approve(boris, id)).toMatchObject({ code: "not-approvable" });
  });

  test("it waits on where another one began to act while it was looked at", async () => {
    const id = await asked();
    beginsWhileLookedAt(world, "carol");
    expect(await dashboard.approve(boris, id)).toMatchObject({ code: "busy", holder: { actor: "carol" } });
    expect(await stored(id)).toMatchObject({ state: "awaiting-approval" });
    expect(world.calls).toEqual([]);
  });

  test("who asked for it cannot approve it, and neither can a viewer", async () => {
    const id = await asked();
    expect(await dashboard.approve(anna, id)).toMatchObject({ code: "forbidden" });
    expect(await dashboard.approve(asker("vera", "viewer"), id)).toMatchObject({ code: "forbidden" });
    expect(world.calls).toEqual([]);
  });

  test("two who approve at the same moment begin it once", async () => {
    const id = await asked();
    const both = await Promise.all([dashboard.approve(boris, id), dashboard.approve(root, id)]);
    expect(both.filter(({ kind }) => kind === "ok")).toHaveLength(1);
    expect(world.calls).toHaveLength(1);
  });

  test("a cluster that moved while it waited refuses it for good", async () => {
    const id = await asked();
    world.state((state) => leaderTo(state, "node2", "900"));
    expect(await dashboard.approve(boris, id)).toMatchObject({ code: "fence-moved", operationId: id });
    expect(await stored(id)).toMatchObject({ state: "refused", outcome: { code: "fence-moved" } });
    expect(await locksFree()).toBe(true);
  });

  test("a warning that is new refuses it: nobody has accepted it", async () => {
    world.checks = [check("archiver", "warn")];
    const id = await asked();
    world.checks = [check("archiver", "warn"), check("long-transaction", "warn")];
    expect(await dashboard.approve(boris, id)).toMatchObject({ code: "unacknowledged" });
    expect(world.calls).toEqual([]);
  });

  test.each([
    { name: "who asked takes it back", by: anna, code: "withdrawn" },
    { name: "the second person declines", by: boris, code: "declined" },
  ])("$name", async ({ by, code }) => {
    const id = await asked();
    expect(await dashboard.withdraw(by, id, "не сегодня")).toMatchObject({ kind: "ok" });
    expect(await stored(id)).toMatchObject({ state: "refused", outcome: { code } });
    await vi.waitFor(async () => expect(await locksFree()).toBe(true));
    expect(await dashboard.approve(root, id)).toMatchObject({ code: "not-approvable" });
    expect(await dashboard.withdraw(anna, id, "again")).toMatchObject({ code: "not-approvable" });
  });

  test("what nobody approved in time cannot be approved", async () => {
    const id = await asked();
    world.clock += 700_000;
    expect(await dashboard.approve(boris, id)).toMatchObject({ code: "not-approvable" });
    expect(await stored(id)).toMatchObject({ state: "refused", outcome: { code: "approval-expired" } });
  });

  test("it waits on through a restart", async () => {
    const id = await asked();
    dashboard.kill();
    dashboard = world.start("b");
    await dashboard.resumed;
    expect(world.board()?.operations[0]).toMatchObject({ id, state: "awaiting-approval" });
    expect(await dashboard.approve(boris, id)).toMatchObject({ kind: "ok" });
  });
});
