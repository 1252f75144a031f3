import { beforeAll, expect, test } from "vitest";
import { ensureUp, HOSTS, hostAddress, PORTS, readTruth, SCOPE } from "@/lab/index";
import { getEtcdStatus } from "./status";
import { readEtcdTree } from "./tree";

beforeAll(() => ensureUp(), 120_000);

const endpoints = HOSTS.map((host) => `http://${hostAddress(host)}:${PORTS.etcdClient}`);
const dead = "http://127.0.0.1:9";
const options = () => ({ namespace: "db", scope: SCOPE, timeoutMs: 2_000, signal: AbortSignal.timeout(5_000) });

test("the keys of a scope are read as they are stored, past an endpoint that is dead", async () => {
  const tree = await readEtcdTree([dead, ...endpoints], options());
  const truth = await readTruth();
  if (!tree.ok) throw new Error(tree.failure.text);
  const leader = tree.value.keys.find(({ key }) => key === `${tree.value.prefix}leader`);
  expect(leader).toMatchObject({ value: truth.leaderKey, modRevision: truth.leaderKeyRevision });
  expect(leader?.lease).not.toBeNull();
  const names = tree.value.keys.map(({ key }) => key.slice(tree.value.prefix.length));
  expect(names).toEqual(expect.arrayContaining(["config", "initialize", ...HOSTS.map((host) => `members/${host}`)]));
  expect(tree.value.keys.find(({ key }) => key.endsWith("/config"))?.lease).toBeNull();
});

test("a scope without keys is an empty tree, not a failure", async () => {
  const tree = await readEtcdTree(endpoints, { ...options(), scope: "nobody-here" });
  expect(tree).toMatchObject({ ok: true, value: { keys: [], prefix: "/db/nobody-here/" } });
});

test("no endpoint that answers is a failure with its kind", async () => {
  expect(await readEtcdTree([dead], options())).toMatchObject({ ok: false, failure: { kind: "refused" } });
});

test("a healthy member reports its sizes, no backlog to speak of and no alarm", async () => {
  const status = await getEtcdStatus(endpoints[0] ?? dead, { timeoutMs: 2_000 });
  if (!status.ok) throw new Error(status.failure.text);
  const { dbSizeBytes, dbSizeInUseBytes, raftBacklog, alarms } = status.value;
  expect(dbSizeInUseBytes).toBeGreaterThan(0);
  expect(dbSizeBytes).toBeGreaterThanOrEqual(dbSizeInUseBytes ?? 0);
  expect(raftBacklog).toBeLessThan(100);
  expect(alarms).toEqual([]);
});
