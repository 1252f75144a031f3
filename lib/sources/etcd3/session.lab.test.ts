import { afterEach, beforeAll, expect, test, vi } from "vitest";
import {
  ensureUp,
  type HostName,
  hostAddress,
  readCluster,
  readTruth,
  SCOPE,
  service,
  settle,
  switchover,
  waitForTruth,
} from "@/lab/index";
import { NAMESPACE, PORTS } from "@/lab/settings";
import type { DcsView } from "@/lib/domain/facts";
import type { SourceFailure } from "@/lib/domain/observation";
import { runEtcdSession } from "./session";
import { getEtcdStatus, listEtcdMembers } from "./status";

const endpointOf = (host: HostName) => `http://${hostAddress(host)}:${PORTS.etcdClient}`;
const endpoints = () => readCluster().hosts.slice(0, 3).map(endpointOf);

let stop = new AbortController();
let ended: Promise<void> = Promise.resolve();

beforeAll(async () => {
  await ensureUp();
  await settle();
});

afterEach(async () => {
  stop.abort();
  await ended;
  await settle();
});

function session(first: readonly string[] = endpoints()) {
  const views: { view: DcsView; at: number }[] = [];
  const failures: SourceFailure[] = [];
  let place: string | null = null;
  stop = new AbortController();
  ended = runEtcdSession({
    endpoints: first,
    namespace: NAMESPACE,
    scope: SCOPE,
    signal: stop.signal,
    onView: (view) => views.push({ view, at: Date.now() }),
    onFailure: (failure) => failures.push(failure),
    onEndpoint: (endpoint) => {
      place = endpoint;
    },
  });
  return { views, failures, last: () => views.at(-1), place: () => place };
}

const ready = (views: readonly unknown[]) => vi.waitFor(() => expect(views.length).toBeGreaterThan(0), 10_000);

/** The endpoint order that begins with one host. */
function startingAt(host: HostName): string[] {
  const [own, ...others] = [
    host,
    ...readCluster()
      .hosts.slice(0, 3)
      .filter((other) => other !== host),
  ];
  return [own ?? host, ...others].map(endpointOf);
}

async function etcdLeader(): Promise<HostName> {
  const { hosts } = await readTruth();
  const found = readCluster().hosts.find((host) => hosts[host]?.etcd?.isLeader);
  if (!found) throw new Error("etcd has no leader");
  return found;
}

test("a switchover reaches us by push: no leader, then the new one with its own revision", async () => {
  const { views, failures, last } = session();
  await ready(views);
  const before = last()?.view.leader;
  expect(before?.name).toBe((await readTruth()).leaderKey);
  const answer = await switchover();
  expect(answer.status).toBe(200);
  await vi.waitFor(() => expect(last()?.view.leader?.name).not.toBe(before?.name), 30_000);
  const truth = await readTruth();
  expect(last()?.view.leader).toMatchObject({ name: truth.leaderKey, modRevision: truth.leaderKeyRevision });
  expect(views.some(({ view }) => view.leader === null)).toBe(true);
  expect(failures).toEqual([]);
});

test("a frozen etcd leader to which we are connected is left for another member within eight seconds", async () => {
  const frozen = await etcdLeader();
  const { views, last, place } = session(startingAt(frozen));
  await ready(views);
  expect(place()).toBe(endpointOf(frozen));
  await service("freeze", frozen, "etcd");
  const since = Date.now();
  try {
    await vi.waitFor(() => {
      expect(place()).not.toBe(endpointOf(frozen));
      expect(last()?.at).toBeGreaterThan(since + 1_000);
    }, 8_000);
  } finally {
    await service("thaw", frozen, "etcd");
  }
  await vi.waitFor(async () => expect(last()?.view.leader?.name).toBe((await readTruth()).leaderKey), 10_000);
});

test("without a quorum the failure says so, and the view comes back with the quorum", async () => {
  const [, second, third] = readCluster().hosts;
  if (!second || !third) throw new Error("the lab has no three hosts");
  const { views, failures } = session();
  await ready(views);
  await service("freeze", second, "etcd");
  await service("freeze", third, "etcd");
  try {
    await vi.waitFor(() => expect(failures.map(({ kind }) => kind)).toContain("no-quorum"), 25_000);
  } finally {
    await service("thaw", second, "etcd");
    await service("thaw", third, "etcd");
  }
  const count = views.length;
  await vi.waitFor(() => expect(views.length).toBeGreaterThan(count), 30_000);
});

test("each member's status agrees with the hosts themselves; a frozen one is a time-out", async () => {
  const { hosts } = await waitForTruth((seen) => Object.values(seen.hosts).some((host) => host.etcd?.isLeader), {
    deadlineMs: 30_000,
    what: "an etcd leader",
  });
  for (const host of readCluster().hosts.slice(0, 3)) {
    const status = await getEtcdStatus(endpointOf(host), { timeoutMs: 3_000 });
    expect(status).toMatchObject({
      ok: true,
      value: { name: host, memberId: hosts[host]?.etcd?.memberId, isLeader: hosts[host]?.etcd?.isLeader, errors: [] },
    });
  }
  const follower = readCluster().hosts.find((host) => hosts[host]?.etcd?.isLeader === false);
  if (!follower) throw new Error("etcd has no follower");
  await service("freeze", follower, "etcd");
  try {
    const status = await getEtcdStatus(endpointOf(follower), { timeoutMs: 1_000 });
    expect(status).toMatchObject({ ok: false, failure: { kind: "timeout" } });
  } finally {
    await service("thaw", follower, "etcd");
  }
});

test("all members are found from one", async () => {
  const [first] = endpoints();
  const listed = await listEtcdMembers([first ?? ""], { timeoutMs: 3_000 });
  const urls = listed.ok ? listed.value.flatMap(({ clientUrls }) => clientUrls).sort() : [];
  expect(urls).toEqual(endpoints().sort());
});
