import { beforeAll, expect, test, vi } from "vitest";
import {
  credentials,
  ensureUp,
  exec,
  hostAddress,
  NETWORK,
  PORTS,
  readCluster,
  readTruth,
  SCOPE,
  settle,
  switchover,
  waitForTruth,
} from "@/lab/index";
import { Secret } from "@/lib/config/types";
import type { VipEvidence } from "@/lib/domain/facts";
import { getPatroniStatus } from "@/lib/sources/patroni/client";
import { probeVip, type VipTarget } from "./probe";

beforeAll(async () => {
  await ensureUp();
  await settle();
});

function target(): VipTarget {
  const { hosts } = readCluster();
  const password = new Secret(credentials().haproxyStats);
  return {
    address: NETWORK.vip,
    follows: "leader",
    scope: SCOPE,
    patroniPort: PORTS.patroni,
    patroniTls: null,
    hosts: hosts.map((name) => ({ name, host: hostAddress(name) })),
    haproxy: {
      nodes: hosts.map((name) => ({
        name,
        stats: `http://${hostAddress(name)}:${PORTS.stats}/`,
        username: "admin",
        password,
      })),
    },
    timeoutMs: 2_000,
  };
}

/** Hosts that a piece of evidence fits. Before Patroni 3.2 there is no name, only the start time to go by. */
async function fits(evidence: VipEvidence): Promise<string[]> {
  if (evidence.method === "patroni") {
    return evidence.memberName ? [evidence.memberName] : startedAt(evidence.postmasterStartTime);
  }
  if (evidence.method === "haproxy") return [...evidence.sameAs];
  const addresses = evidence.hosts.filter(({ mac }) => mac === evidence.mac).map(({ host }) => host as string);
  return readCluster().hosts.filter((host) => addresses.includes(hostAddress(host)));
}

async function startedAt(time: string | null): Promise<string[]> {
  const { hosts } = readCluster();
  const answers = await Promise.all(
    hosts.map((host) => getPatroniStatus(`http://${hostAddress(host)}:${PORTS.patroni}`, { timeoutMs: 2_000 })),
  );
  return hosts.filter((_, i) => {
    const answer = answers[i];
    return time !== null && answer?.ok && answer.value.postmasterStartTime === time;
  });
}

async function evidence(): Promise<VipEvidence[]> {
  const seen = await probeVip(target());
  if (!seen.ok) throw new Error(seen.failure.text);
  const failed = seen.value.probes.filter((probe) => probe.failure);
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  return seen.value.probes.flatMap((probe) => (probe.evidence ? [probe.evidence] : []));
}

async function expectHolder(holder: string) {
  const [patroni, neighbour, haproxy] = await Promise.all((await evidence()).map(fits));
  expect([patroni, neighbour]).toEqual([[holder], [holder]]);
  // Twins may be equal by this method: it must at least not exclude the holder.
  expect(haproxy).toContain(holder);
}

test("three methods fit the host that holds the VIP, before and after it moved", async () => {
  const before = await readTruth();
  expect(before.vipHolders).toHaveLength(1);
  await expectHolder(before.vipHolders[0] ?? "nobody");
  await switchover();
  const moved = await waitForTruth(
    ({ vipHolders, leaderKey }) =>
      vipHolders.length === 1 && vipHolders[0] === leaderKey && leaderKey !== before.leaderKey,
    { deadlineMs: 60_000, what: "the VIP on the new leader" },
  );
  await vi.waitFor(() => expectHolder(moved.vipHolders[0] ?? "nobody"), { timeout: 15_000, interval: 500 });
  await settle();
});

test("two hosts that hold the VIP at once are both heard", async () => {
  const { vipHolders } = await readTruth();
  const holder = vipHolders[0];
  const other = readCluster().hosts.find((host) => host !== holder);
  if (!holder || !other) throw new Error("the settled lab has a holder");
  const heard = async () => {
    const seen = await probeVip(target());
    const probe = seen.ok ? seen.value.probes.find(({ method }) => method === "neighbour") : undefined;
    return probe?.evidence?.method === "neighbour" ? probe.evidence : null;
  };
  await vi.waitFor(async () => expect((await heard())?.heard).toHaveLength(1), { timeout: 15_000, interval: 250 });
  await exec(other, ["ip", "addr", "add", `${NETWORK.vip}/32`, "dev", "eth0"]);
  try {
    await vi.waitFor(
      async () => {
        const evidence = await heard();
        const macs = evidence?.heard ?? [];
        const hosts = evidence?.hosts.filter(({ mac }) => macs.includes(mac)).map(({ host }) => host as string) ?? [];
        expect(hosts.sort()).toEqual([hostAddress(holder), hostAddress(other)].sort());
      },
      { timeout: 20_000, interval: 250 },
    );
  } finally {
    await exec(other, ["ip", "addr", "del", `${NETWORK.vip}/32`, "dev", "eth0"]);
  }
  // The kernel keeps whoever spoke last until that MAC was asked in vain.
  await vi.waitFor(() => expectHolder(holder), { timeout: 30_000, interval: 500 });
  await settle();
});
