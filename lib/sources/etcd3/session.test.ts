import { status } from "@grpc/grpc-js";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Secret } from "@/lib/config/types";
import type { DcsView } from "@/lib/domain/facts";
import type { SourceFailure } from "@/lib/domain/observation";
import type { ViewCause } from "./follow";
import { type EtcdSessionOptions, runEtcdSession } from "./session";
import { type FakeEtcd, startFakeEtcd } from "./testing/fake-etcd";

const LEADER = "/service/demo/leader";
const MEMBER = "/service/demo/members/pg1";

type Seen = { view: DcsView; cause: ViewCause; at: number };

const members: FakeEtcd[] = [];
let stop = new AbortController();
let ended: Promise<void> = Promise.resolve();

afterEach(async () => {
  stop.abort();
  await ended;
  await Promise.all(members.splice(0).map((member) => member.stop()));
});

async function member(): Promise<FakeEtcd> {
  const etcd = await startFakeEtcd();
  members.push(etcd);
  etcd.put(LEADER, "pg1", "7");
  etcd.put(MEMBER, '{"state":"running","role":"primary"}', "7");
  return etcd;
}

function session(endpoints: readonly string[], more: Partial<EtcdSessionOptions> = {}) {
  const views: Seen[] = [];
  const failures: SourceFailure[] = [];
  const places: (string | null)[] = [];
  stop = new AbortController();
  ended = runEtcdSession({
    endpoints,
    namespace: "service",
    scope: "demo",
    heartbeatMs: 60_000,
    signal: stop.signal,
    onView: (view, { cause }) => views.push({ view, cause, at: performance.now() }),
    onFailure: (failure) => failures.push(failure),
    onEndpoint: (endpoint) => places.push(endpoint),
    ...more,
  });
  const last = () => views.at(-1);
  return { views, failures, places, last };
}

const watching = (etcd: FakeEtcd) => vi.waitFor(() => expect(etcd.seen.openWatches()).toBe(1), 3_000);

describe("etcd session", () => {
  test("first a listing, then each event as a complete view, at once", async () => {
    const etcd = await member();
    const { views, last } = session([etcd.endpoint]);
    await watching(etcd);
    expect(last()).toMatchObject({
      cause: "list",
      view: { leader: { name: "pg1", lease: "7" }, members: [{ name: "pg1" }] },
    });
    const before = views.length;
    const started = performance.now();
    const revision = etcd.put(LEADER, "pg2", "8");
    await vi.waitFor(() => expect(views.length).toBe(before + 1), { interval: 1 });
    expect((last()?.at ?? 0) - started).toBeLessThan(50);
    expect(last()).toMatchObject({
      cause: "event",
      view: { revision, leader: { name: "pg2", modRevision: revision }, members: [{ name: "pg1" }] },
    });
  });

  test("a crash takes leader and member away in one view", async () => {
    const etcd = await member();
    const events = vi.fn();
    const { views } = session([etcd.endpoint], { onEvents: events });
    await watching(etcd);
    etcd.remove(LEADER, MEMBER);
    await vi.waitFor(() => expect(views).toHaveLength(2));
    expect(views[1]?.view).toMatchObject({ leader: null, members: [] });
    expect(events).toHaveBeenCalledExactlyOnceWith([
      expect.objectContaining({ type: "delete", key: LEADER }),
      expect.objectContaining({ type: "delete", key: MEMBER }),
    ]);
  });

  test("streams carry hasleader, or a member cut off from its quorum would stay silent", async () => {
    const etcd = await member();
    session([etcd.endpoint]);
    await watching(etcd);
    expect(etcd.seen.hasLeader).toEqual([true]);
  });

  test("asked for, a listing begins at once and shows what no watch has told", async () => {
    const etcd = await member();
    let list: (() => Promise<void>) | null = null;
    const { last } = session([etcd.endpoint], { onListable: (next) => (list = next) });
    await watching(etcd);
    etcd.putSilently(LEADER, "pg3");
    await (list as (() => Promise<void>) | null)?.();
    expect(last()).toMatchObject({ cause: "heartbeat", view: { leader: { name: "pg3" } } });
  });

  test("the heartbeat repairs what the watch missed", async () => {
    const etcd = await member();
    const { last } = session([etcd.endpoint], { heartbeatMs: 100 });
    await watching(etcd);
    etcd.putSilently(LEADER, "pg3");
    await vi.waitFor(() => expect(last()).toMatchObject({ cause: "heartbeat", view: { leader: { name: "pg3" } } }));
  });

  test.each([
    ["an aborted stream", (etcd: FakeEtcd) => etcd.breakWatches(status.UNAVAILABLE, "etcdserver: no leader")],
    ["a cancelled watch with an empty reason (compaction)", (etcd: FakeEtcd) => etcd.cancelWatches("")],
    ["a member that dies", (etcd: FakeEtcd) => void etcd.stop()],
  ])("after %s another member is followed, without a word of failure for a lasting session", async (_, harm) => {
    const [one, two] = [await member(), await member()];
    const now = vi.spyOn(performance, "now");
    const { failures, places, last } = session([one.endpoint, two.endpoint]);
    await watching(one);
    const ahead = performance.now() + 10_000;
    now.mockImplementation(() => ahead);
    harm(one);
    await watching(two);
    now.mockRestore();
    expect(places).toEqual([one.endpoint, null, two.endpoint]);
    expect(last()).toMatchObject({ cause: "list", view: { leader: { name: "pg1" } } });
    expect(failures).toEqual([]);
  });

  test("a dead endpoint in the list does not fail the session", async () => {
    const [dead, alive] = [await member(), await member()];
    await dead.stop();
    const { failures } = session([dead.endpoint, alive.endpoint]);
    await watching(alive);
    expect(failures).toEqual([]);
  });

  test("an endpoint that was added later takes part", async () => {
    const [dead, alive] = [await member(), await member()];
    await dead.stop();
    const endpoints = [dead.endpoint];
    const { failures } = session(endpoints);
    await vi.waitFor(() => expect(failures[0]?.kind).toBe("refused"));
    endpoints.push(alive.endpoint);
    await watching(alive);
  });

  test("a member that freezes under us is found out by the heartbeat and left", async () => {
    const [one, two] = [await member(), await member()];
    session([one.endpoint, two.endpoint], { heartbeatMs: 100 });
    await watching(one);
    one.set({ frozen: true });
    const started = performance.now();
    await vi.waitFor(() => expect(two.seen.openWatches()).toBe(1), 8_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  }, 15_000);

  test("a member that answers without a leader is no-quorum, not a time-out", async () => {
    const etcd = await member();
    etcd.set({ noQuorum: true });
    const { failures } = session([etcd.endpoint]);
    await vi.waitFor(() => expect(failures[0]?.kind).toBe("no-quorum"), 6_000);
  }, 10_000);

  test("a watch that is refused is told, and tried again with a new client", async () => {
    const etcd = await member();
    etcd.set({ refuseWatch: true });
    const { failures } = session([etcd.endpoint]);
    await vi.waitFor(() => expect(failures.length).toBeGreaterThanOrEqual(2), 5_000);
    etcd.set({ refuseWatch: false });
    await watching(etcd);
  }, 10_000);

  test("a watch that is never confirmed ends in five seconds", async () => {
    const etcd = await member();
    etcd.set({ muteWatch: true });
    const { places } = session([etcd.endpoint]);
    await vi.waitFor(() => expect(places).toEqual([etcd.endpoint, null, etcd.endpoint]), 8_000);
  }, 12_000);

  test("credentials are sent, and the token goes with every call", async () => {
    const etcd = await member();
    etcd.set({ password: "s3cret" });
    const { last } = session([etcd.endpoint], { username: "ro", password: new Secret("s3cret") });
    await watching(etcd);
    expect(last()?.view.leader?.name).toBe("pg1");
    expect(new Set(etcd.seen.tokens)).toEqual(new Set(["token-1"]));
  });

  test("a wrong password is named, and never written", async () => {
    const etcd = await member();
    etcd.set({ password: "s3cret" });
    const { failures } = session([etcd.endpoint], { username: "ro", password: new Secret("wr0ng") });
    await vi.waitFor(() => expect(failures[0]?.kind).toBe("unauthorized"));
    expect(JSON.stringify(failures)).not.toContain("wr0ng");
  });

  test("credentials for a cluster that wants none are no obstacle", async () => {
    const etcd = await member();
    session([etcd.endpoint], { username: "ro", password: new Secret("x") });
    await watching(etcd);
  });

  test("after the abort the watch is gone and nothing is reported", async () => {
    const etcd = await member();
    const { views, failures } = session([etcd.endpoint]);
    await watching(etcd);
    stop.abort();
    await ended;
    await vi.waitFor(() => expect(etcd.seen.openWatches()).toBe(0));
    const count = views.length;
    etcd.put(LEADER, "pg9");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([views.length, failures]).toEqual([count, []]);
  });
});
