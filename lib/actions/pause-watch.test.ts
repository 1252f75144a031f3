import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { message } from "@/lib/domain/message";
import { dcsTo } from "./testing/leader-to";
import { asker, confirming, createPipelineWorld, type Dashboard, type PipelineWorld } from "./testing/pipeline-world";

let world: PipelineWorld;
let dashboard: Dashboard;
const anna = asker("anna");
const DONE = { state: "done", outcome: { code: "paused", text: message("test.done"), reasons: [] } } as const;
const SEEN_LATER_MS = 6_000;

beforeEach(async () => {
  world = createPipelineWorld();
  world.end = DONE;
  dashboard = world.start("a");
  await dashboard.resumed;
});
afterEach(() => world.close());

const noted = async () => {
  const note = await dashboard.store.pause(world.cluster.scope);
  return note.ok ? note.value : null;
};

async function pause(until: number | null, resumeAtEnd: boolean) {
  const { scope } = world.cluster;
  const request = {
    action: "pause",
    until: until === null ? null : (new Date(until).toISOString() as never),
    resumeAtEnd,
  } as const;
  const made = await dashboard.plan(anna, scope, request);
  if (made.kind === "refused") throw new Error(made.code);
  await dashboard.execute(anna, scope, confirming(made.plan.id));
  await vi.waitFor(async () => {
    world.state();
    expect(await noted()).toMatchObject({ owner: "anna", reason: "замена диска" });
  });
}
/** Time passes, and the cluster is seen again. */
function seen(paused: boolean, afterMs: number) {
  world.clock += afterMs;
  world.state((state) => dcsTo(state, { pause: paused }, world.clock));
}

test("who paused, why and until when is kept, and shown, also after a restart", async () => {
  await pause(Date.now() + 600_000, false);
  expect(world.board()?.pause).toMatchObject({ owner: "anna", resumeAtEnd: false });
  dashboard.kill();
  dashboard = world.start("b");
  await dashboard.resumed;
  expect(world.board()?.pause).toMatchObject({ owner: "anna" });
});

test("the note goes when the cluster is seen to be resumed, by whomever", async () => {
  await pause(null, false);
  seen(true, SEEN_LATER_MS);
  expect(world.board()?.pause).not.toBeNull();
  seen(false, SEEN_LATER_MS);
  await vi.waitFor(async () => expect(await noted()).toBeNull());
  expect(world.board()?.pause).toBeNull();
});

test("a pause that is over is not ended by itself unless that was asked for", async () => {
  await pause(world.clock + 60_000, false);
  const calls = world.calls.length;
  seen(true, 120_000);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(world.calls).toHaveLength(calls);
  expect(world.board()?.pause).toMatchObject({ owner: "anna" });
});

test("one that was to end by itself is resumed by the dashboard, on the record", async () => {
  await pause(world.clock + 60_000, true);
  seen(true, SEEN_LATER_MS);
  const calls = world.calls.length;
  seen(true, 120_000);
  await vi.waitFor(() => expect(world.calls.length).toBe(calls + 1), 3_000);
  await vi.waitFor(async () => {
    world.state();
    const stored = await dashboard.store.operations(world.cluster.scope, { before: null, limit: 1 });
    expect(stored.ok && stored.value[0]).toMatchObject({ action: "resume", actor: "dashboard", state: "done" });
    expect(await noted()).toBeNull();
  }, 3_000);
});
