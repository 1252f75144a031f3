import { beforeAll, expect, test } from "vitest";
import { ensureUp, type HostName, hostAddress, PORTS, readCluster, readTruth, SCOPE, settle } from "@/lab/index";
import { memberName } from "@/lib/domain/ids";
import { getPatroniCluster, getPatroniStatus, verifyIdentity } from "./client";

const options = { timeoutMs: 3_000 };
const origin = (host: HostName) => `http://${hostAddress(host)}:${PORTS.patroni}`;

beforeAll(async () => {
  await ensureUp();
  await settle();
});

test("every member's status is its own, and its role is what PostgreSQL itself says", async () => {
  const truth = await readTruth();
  for (const host of readCluster().hosts) {
    const answer = await getPatroniStatus(origin(host), options);
    if (!answer.ok) throw new Error(`${host}: ${answer.failure.text}`);
    expect(verifyIdentity(answer.value, { name: host, scope: SCOPE })).toBeNull();
    expect(answer.value.role === "primary").toBe(truth.hosts[host]?.inRecovery === false);
    expect(answer.value).toMatchObject({ state: "running", systemId: expect.stringMatching(/^\d{19}$/) });
  }
});

test("another member's address is a wrong identity, wherever the member says its name (3.2 and later)", async () => {
  const [first, second] = readCluster().hosts;
  const answer = await getPatroniStatus(origin(first ?? "node1"), options);
  const expected = { name: memberName(second ?? "node2"), scope: SCOPE };
  if (!answer.ok) throw new Error(answer.failure.text);
  const kind = answer.value.name === null ? undefined : "wrong-identity";
  expect(verifyIdentity(answer.value, expected)?.kind).toBe(kind);
  expect(verifyIdentity(answer.value, { name: first ?? null, scope: "another" })?.kind).toBe("wrong-identity");
});

test("/cluster of any member stands in for the DCS", async () => {
  const { leaderKey } = await readTruth();
  const { hosts } = readCluster();
  for (const host of hosts) {
    const view = await getPatroniCluster(origin(host), options);
    expect(view).toMatchObject({ ok: true, value: { kind: "patroni", leader: { name: leaderKey } } });
    const seen = view.ok ? view.value : null;
    expect(seen?.members.map(({ name }) => name)).toEqual([...hosts]);
    expect(seen?.ttlSeconds).toBeGreaterThan(0);
    expect(seen?.members.map(({ apiUrl }) => apiUrl)).toEqual(hosts.map(origin));
  }
});
