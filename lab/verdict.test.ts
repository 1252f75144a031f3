import { expect, it } from "vitest";
import { type HostName, hostAddress, hostNames } from "./settings";
import type { Truth, TruthHost } from "./truth-types";
import { unsettled } from "./verdict";

function healthy(): Truth {
  const names = hostNames(3);
  const host = (name: HostName): TruthHost => {
    const leads = name === "node1";
    const pool = (up: (server: HostName) => boolean) =>
      Object.fromEntries(names.map((each) => [each, up(each) ? "UP" : "DOWN"]));
    return {
      address: hostAddress(name),
      reachable: true,
      inRecovery: !leads,
      timeline: 3,
      receiverStreaming: !leads,
      vip: leads,
      services: { etcd: "running", patroni: "running", postgres: "running" },
      haproxy: { write: pool((each) => each === "node1"), read: pool((each) => each !== "node1") },
      etcd: { memberId: name, isLeader: name === "node2", raftTerm: 2 },
      patroniRole: leads ? "primary" : "replica",
      lsn: "0/3000060",
    };
  };
  return {
    at: "2026-01-01T00:00:00.000Z",
    hosts: Object.fromEntries(names.map((name) => [name, host(name)])) as Truth["hosts"],
    leaderKey: "node1",
    leaderKeyRevision: "41",
    vipHolders: ["node1"],
    writable: ["node1"],
  };
}

it("finds nothing wrong with a healthy lab", () => {
  expect(unsettled(healthy())).toBeNull();
});

it.each<[string, (truth: Truth) => void, RegExp]>([
  ["a cut link", (truth) => Object.assign(truth.hosts.node2 ?? {}, { reachable: false }), /node2: link/],
  [
    "a frozen service",
    (truth) => Object.assign(truth.hosts.node3?.services ?? {}, { etcd: "frozen" }),
    /node3: etcd is frozen/,
  ],
  ["two writable hosts", (truth) => truth.writable.push("node2"), /more than one host is writable/],
  ["a leader key held elsewhere", (truth) => Object.assign(truth, { leaderKey: "node2" }), /leader key is node2/],
  [
    "a replica that waits",
    (truth) => Object.assign(truth.hosts.node2 ?? {}, { receiverStreaming: false }),
    /node2: not streaming/,
  ],
  ["a replica on an old timeline", (truth) => Object.assign(truth.hosts.node2 ?? {}, { timeline: 2 }), /on timeline 2/],
  ["a VIP on two hosts", (truth) => truth.vipHolders.push("node3"), /VIP is held by node1, node3/],
  [
    "a server half way up",
    (truth) => Object.assign(truth.hosts.node1?.haproxy?.read ?? {}, { node2: "UP 1/2" }),
    /read pool has node2/,
  ],
  [
    "etcd without a leader",
    (truth) => Object.assign(truth.hosts.node2?.etcd ?? {}, { isLeader: false }),
    /etcd has 0 leaders/,
  ],
])("names %s", (_, spoil, expected) => {
  const truth = healthy();
  spoil(truth);
  expect(unsettled(truth)).toMatch(expected);
});
