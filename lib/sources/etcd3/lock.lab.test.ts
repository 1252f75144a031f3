import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { ensureUp, exec, hostAddress, readCluster, SCOPE, service, settle } from "@/lab/index";
import { NAMESPACE, PORTS } from "@/lab/settings";
import type { LockHolder } from "@/lib/domain/actions/facts";
import { instant } from "@/lib/domain/ids";
import { connectEtcd } from "./client";
import { type EtcdLockOptions, lockAbility, type TakeAnswer, takeLock } from "./lock";
import { lockKeyOf } from "./lock-key";
import { prefixOf } from "./map";
import { listPrefix } from "./range";

const endpoints = () => readCluster().hosts.map((host) => `http://${hostAddress(host)}:${PORTS.etcdClient}`);
const options = (more: Partial<EtcdLockOptions> = {}): EtcdLockOptions => ({
  endpoints: endpoints(),
  namespace: NAMESPACE,
  scope: SCOPE,
  ttlSeconds: 4,
  ...more,
});

let operations = 0;
const holder = (operationId = `lab-${process.pid}-${operations++}`): LockHolder => ({
  operationId,
  action: "switchover",
  actor: "anna",
  dashboard: "desk",
  at: instant(Date.now()),
});

const held: { release(): Promise<void> }[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  await ensureUp();
  await settle();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const one of held.splice(0)) await one.release();
});

async function keys(prefix: string) {
  const connected = await connectEtcd(endpoints()[0] ?? "", {}, 3_000);
  if (!connected.ok) throw new Error(connected.failure.text);
  const listed = await listPrefix(connected.value, prefix, 3_000);
  connected.value.close();
  if (!listed.ok) throw new Error(listed.failure.text);
  return listed.value.keys;
}

async function leader() {
  const [found] = await keys(`${prefixOf(NAMESPACE, SCOPE)}leader`);
  if (!found) throw new Error("there is no leader");
  return { name: found.value, revision: String(found.modRevision) };
}

async function take(who: LockHolder, revision: string | null, more: Partial<EtcdLockOptions> = {}) {
  const answer = await takeLock(options(more), who, revision);
  if (answer.kind === "taken") held.push(answer);
  return answer;
}

const ours = () => keys("/matriarch/");

test("of twenty who come at once one has it, and the others learn who", async () => {
  const { revision } = await leader();
  const answers = await Promise.all(Array.from({ length: 20 }, () => take(holder(), revision)));
  const winners = answers.filter(({ kind }) => kind === "taken");
  expect(winners).toHaveLength(1);
  const [key] = await ours();
  const winner = JSON.parse(key?.value ?? "") as LockHolder;
  for (const answer of answers) if (answer.kind !== "taken") expect(answer).toEqual({ kind: "held", by: winner });
  expect(await lockAbility(options())).toEqual({ kind: "held", by: winner });
  expect((await ours()).map(({ key }) => key)).toEqual([lockKeyOf(SCOPE)]);
});

test("asking whether it may be had writes nothing, and what is given back is gone", async () => {
  const { revision } = await leader();
  const before = await ours();
  expect(await lockAbility(options())).toEqual({ kind: "free" });
  expect(await ours()).toEqual(before);
  const answer = await take(holder(), revision);
  expect(answer.kind).toBe("taken");
  if (answer.kind === "taken") await answer.release();
  expect(await ours()).toEqual([]);
  expect(await lockAbility(options())).toEqual({ kind: "free" });
});

test("a leader key of another revision, and one that is there where none was expected, refuse and name the leader", async () => {
  const { name, revision } = await leader();
  expect(await take(holder(), String(BigInt(revision) - 1n))).toEqual({ kind: "leader-moved", leader: name });
  expect(await take(holder(), null)).toEqual({ kind: "leader-moved", leader: name });
  expect(await take(holder(), revision, { scope: "nobody" })).toEqual({ kind: "leader-moved", leader: null });
  expect(await ours()).toEqual([]);
});

test("where there is no leader key, that is what is compared", async () => {
  const answer = await take(holder(), null, { scope: "nobody" });
  expect(answer.kind).toBe("taken");
  expect((await ours()).map(({ key }) => key)).toEqual([lockKeyOf("nobody")]);
});

test("it is renewed past its lease, and its own operation takes it over from before a crash", async () => {
  const { revision } = await leader();
  const who = holder();
  const first = await take(who, revision, { ttlSeconds: 2 });
  if (first.kind !== "taken") throw new Error(first.kind);
  const [before] = await ours();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(first.lost()).toBe(false);
  const [renewed] = await ours();
  expect(renewed).toEqual(before);
  const second = await take(who, revision);
  if (second.kind !== "taken") throw new Error(second.kind);
  // The former holder finds out at its next renewal, and what it gives back is not what its successor holds.
  await vi.waitFor(() => expect(first.lost()).toBe(true), 3_000);
  await first.release();
  const [after] = await ours();
  expect(after?.lease).not.toBe(before?.lease);
  expect(second.lost()).toBe(false);
});

test("the lock of a dashboard that was killed is free when its lease has ended, and not before", async () => {
  const { revision } = await leader();
  const who = holder();
  const child = spawn(
    process.execPath,
    ["--import", "tsx", `${import.meta.dirname}/testing/hold-lock.ts`, JSON.stringify({ ...options(), who, revision })],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", (said) => (String(said) === "taken\n" ? resolve() : reject(new Error(String(said)))));
    child.once("exit", (code) => reject(new Error(`exit ${code}`)));
  });
  child.kill("SIGKILL");
  expect(await take(holder(), revision)).toEqual({ kind: "held", by: who });
  const died = Date.now();
  let next: TakeAnswer = { kind: "not-permitted" };
  await vi.waitFor(
    async () => {
      next = await take(holder(), revision);
      expect(next.kind).toBe("taken");
    },
    { timeout: 15_000, interval: 100 },
  );
  // Renewed within the last second of four; etcd looks for ended leases twice a second.
  expect(Date.now() - died).toBeGreaterThan(2_000);
});

test("any endpoint that has a quorum serves; without one the lock cannot be had, and a held one is lost", async () => {
  const { revision } = await leader();
  const hosts = readCluster().hosts;
  const [first, second] = hosts as [(typeof hosts)[number], (typeof hosts)[number]];
  try {
    await service("freeze", first, "etcd");
    const answer = await take(holder(), revision, { ttlSeconds: 6 });
    expect(answer.kind).toBe("taken");
    if (answer.kind !== "taken") return;
    await service("freeze", second, "etcd");
    expect(await lockAbility(options())).toMatchObject({ kind: "failed" });
    expect(await take(holder(), revision)).toMatchObject({ kind: "failed" });
    await vi.waitFor(() => expect(answer.lost()).toBe(true), 8_000);
  } finally {
    for (const host of [first, second]) await service("thaw", host, "etcd");
    await settle();
  }
});

test("with etcd's authentication a reader is told that it may not, and a user who may has it", async () => {
  const host = readCluster().hosts[0] ?? "node1";
  const port = 23790;
  const endpoint = `http://${hostAddress(host)}:${port}`;
  await withOwnEtcd(host, port, async (ctl) => {
    await ctl("put /db/postgres-cluster/leader node9");
    await ctl("user add root:r");
    await ctl("user grant-role root root");
    for (const [user, rights] of [
      ["reader", ""],
      ["writer", "readwrite"],
    ] as const) {
      await ctl(`role add ${user}`);
      await ctl(`role grant-permission ${user} read --prefix=true /db/postgres-cluster/`);
      if (rights) await ctl(`role grant-permission ${user} ${rights} ${lockKeyOf(SCOPE)}`);
      await ctl(`user add ${user}:p`);
      await ctl(`user grant-role ${user} ${user}`);
    }
    await ctl("auth enable");
    const { Secret } = await import("@/lib/config/types");
    const as = (username: string) => options({ endpoints: [endpoint], username, password: new Secret("p") });
    expect(await lockAbility(as("reader"))).toEqual({ kind: "not-permitted" });
    expect(await takeLock(as("reader"), holder(), "2")).toEqual({ kind: "not-permitted" });
    expect(await lockAbility(as("writer"))).toEqual({ kind: "free" });
    const taken = await takeLock(as("writer"), holder(), "2");
    expect(taken.kind).toBe("taken");
    expect((await lockAbility(as("writer"))).kind).toBe("held");
    if (taken.kind === "taken") await taken.release();
    expect(await lockAbility(as("writer"))).toEqual({ kind: "free" });
    expect(await lockAbility({ ...as("writer"), password: new Secret("wrong") })).toMatchObject({ kind: "failed" });
  });
});

/** An etcd of the test's own on a host of the lab, ended and removed after it. */
async function withOwnEtcd(
  host: ReturnType<typeof readCluster>["hosts"][number],
  port: number,
  use: (ctl: (command: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const url = `http://${hostAddress(host)}:${port}`;
  const peer = `http://127.0.0.1:${port + 1}`;
  const folder = "/run/etcd-of-a-test";
  const start = `rm -rf ${folder}; setsid etcd --name t --data-dir ${folder} --listen-client-urls ${url} --advertise-client-urls ${url} --listen-peer-urls ${peer} --initial-advertise-peer-urls ${peer} --initial-cluster t=${peer} --log-level error >/dev/null 2>&1 </dev/null & echo $! > ${folder}.pid`;
  await exec(host, ["sh", "-c", start], { deadlineMs: 10_000 });
  try {
    const ctl = (command: string) =>
      exec(host, ["sh", "-c", `ETCDCTL_API=3 etcdctl --endpoints=${url} ${command}`], { deadlineMs: 10_000 });
    await vi.waitFor(() => ctl("endpoint health"), { timeout: 15_000, interval: 200 });
    await use(ctl);
  } finally {
    await exec(host, ["sh", "-c", `kill -9 $(cat ${folder}.pid); rm -rf ${folder} ${folder}.pid`], {
      deadlineMs: 10_000,
    });
  }
}
