import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { message } from "@/lib/domain/message";
import {
  asker,
  confirming,
  createPipelineWorld,
  type Dashboard,
  type PipelineWorld,
  SWITCHOVER,
} from "./testing/pipeline-world";

let world: PipelineWorld;
let first: Dashboard;
const anna = asker("anna");
const DONE = { state: "done", outcome: { code: "switched-over", text: message("test.done"), reasons: [] } } as const;

beforeEach(async () => {
  world = createPipelineWorld();
  first = world.start("a");
  await first.resumed;
});
afterEach(() => world.close());

async function confirmed(request: Parameters<Dashboard["plan"]>[2] = SWITCHOVER) {
  const { scope } = world.cluster;
  const made = await first.plan(anna, scope, request);
  if (made.kind === "refused") throw new Error(made.code);
  return first.execute(anna, scope, confirming(made.plan.id));
}
const newest = async (dashboard: Dashboard) => {
  const stored = await dashboard.store.operations(world.cluster.scope, { before: null, limit: 1 });
  return stored.ok ? stored.value[0] : undefined;
};
const locksFree = async (dashboard: Dashboard) => {
  const holder = await dashboard.store.holder(world.cluster.scope);
  return holder.ok && holder.value === null && world.key === null;
};
/** Starts the dashboard anew, and waits for the operation to end in its right word, with nothing held and the log whole. */
async function endsAs(state: string, code: string): Promise<Dashboard> {
  const second = world.start("b");
  await vi.waitFor(async () => {
    world.state();
    expect(await newest(second)).toMatchObject({ state, phase: "ended", outcome: { code } });
    expect(await locksFree(second)).toBe(true);
  }, 8_000);
  expect(await second.audit.verify()).toMatchObject({ ok: true, value: { kind: "whole" } });
  return second;
}

describe("a dashboard that dies", () => {
  test.each([
    { name: "with the row of the lock, before the key in the DCS", phase: "checking", when: "after" },
    { name: "with both locks", phase: "locked", when: "after" },
    { name: "with both locks, before that is written", phase: "locked", when: "before" },
    { name: "before the call is written down", phase: "calling", when: "before" },
  ] as const)("$name: nothing was sent, and that is said", async ({ phase, when }) => {
    const died = first.dieAt(phase, when);
    void confirmed();
    await died;
    await endsAs("failed", "not-sent");
    expect(world.calls).toEqual([]);
  });

  test("between writing the call down and making it: never made again, judged by what is seen", async () => {
    const died = first.dieAt("calling", "after");
    void confirmed();
    await died;
    world.end = DONE;
    await endsAs("done", "switched-over");
    expect(world.calls).toEqual([]);
  });

  test("with the call under way: it is not made again, its answer is unknown, and the outcome is what is seen", async () => {
    world.answers = false;
    await confirmed();
    first.kill();
    world.answers = true;
    const second = world.start("b");
    await second.resumed;
    world.state();
    expect(await locksFree(second)).toBe(false);
    await vi.waitFor(() => {
      world.state();
      expect(world.key).toMatchObject({ dashboard: "host-of-b" });
    });
    world.end = DONE;
    await vi.waitFor(async () => {
      world.state();
      expect(await newest(second)).toMatchObject({
        state: "done",
        resumed: 1,
        answers: [{ id: "only", kind: "unknown" }],
      });
      expect(await locksFree(second)).toBe(true);
    }, 5_000);
    expect(world.calls).toHaveLength(1);
  });

  test("with the call answered, while the witnesses disagree", async () => {
    await confirmed();
    await vi.waitFor(async () => {
      world.state();
      expect(await newest(first)).toMatchObject({ phase: "verifying" });
    });
    first.kill();
    world.end = DONE;
    await endsAs("done", "switched-over");
    expect(world.calls).toHaveLength(1);
  });

  test.each(["before", "after"] as const)("%s its end was written down", async (when) => {
    world.end = DONE;
    const died = first.dieAt("ended", when);
    void confirmed();
    await died;
    await endsAs("done", "switched-over");
    expect(world.calls).toHaveLength(1);
  });

  test("in a pause of PgBouncer: the pause is taken back", async () => {
    world.answers = false;
    await confirmed({ action: "pgbouncer-pause", member: "node1" as never, database: "erp" });
    first.kill();
    world.answers = true;
    await endsAs("failed", "taken-back");
    expect(world.calls.at(-1)).toMatchObject({ system: "pgbouncer", command: "resume", database: "erp" });
  });

  test("is not resumed by one that cannot know that it is dead, and is once it was silent", async () => {
    await confirmed();
    const taken = await first.store.takeOver((await newest(first))?.id ?? "", "c", Date.now() - 60_000);
    expect(taken).toEqual({ ok: true, value: false });
  });
});

test("leaving in good order leaves the operation and its locks to the successor", async () => {
  world.answers = false;
  await confirmed();
  world.answers = true;
  await first.close();
  expect(await newest(first)).toMatchObject({ state: "running" });
  expect(world.key).not.toBeNull();
  world.end = DONE;
  await endsAs("done", "switched-over");
});

test("what is scheduled holds no lock, is followed, and is found again after a restart", async () => {
  world.end = { state: "scheduled", outcome: { code: "scheduled", text: message("test.scheduled"), reasons: [] } };
  await confirmed({
    action: "switchover",
    candidate: null,
    scheduledAt: new Date(Date.now() + 3_600_000).toISOString() as never,
  });
  await vi.waitFor(async () => {
    world.state();
    expect(await newest(first)).toMatchObject({ state: "scheduled", endedAt: null });
    expect(await locksFree(first)).toBe(true);
  });
  first.kill();
  world.end = DONE;
  await endsAs("done", "switched-over");
  expect(world.calls).toHaveLength(1);
});
