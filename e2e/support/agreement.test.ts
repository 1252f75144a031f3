import { expect, test } from "vitest";
import type { Snapshot } from "@/lib/domain/snapshot";
import { agrees, takesTraffic } from "./agreement";
import { picture, truthOf, withHost } from "./testing/pictures";

test("a healthy page and healthy hosts agree", () => {
  expect(agrees(picture(), truthOf("node1"))).toEqual([]);
});

test("a page that shows the old leader differs in everything that depends on the leader", () => {
  const what = agrees(picture({ leader: "node1" }), truthOf("node2")).map((each) => each.what);
  expect(what).toEqual([
    "leader",
    "leader key's revision",
    "writer",
    "VIP holder",
    "client's eye",
    "node1: role",
    "node2: role",
    "HAProxy on node1: write pool",
    "HAProxy on node1: read pool",
    "HAProxy on node2: write pool",
    "HAProxy on node2: read pool",
    "HAProxy on node3: write pool",
    "HAProxy on node3: read pool",
  ]);
});

const healthy = picture();
const cases: { name: string; page?: Snapshot; truth?: ReturnType<typeof truthOf>; what: string }[] = [
  { name: "another timeline", page: picture({ timeline: 6 }), what: "node1: timeline" },
  { name: "two holders of the VIP", truth: withHost(truthOf("node1"), "node2", { vip: true }), what: "VIP holder" },
  { name: "two writable hosts", truth: withHost(truthOf("node1"), "node2", { inRecovery: false }), what: "writer" },
  {
    name: "a stale VIP, though its holder is right",
    page: { ...healthy, vip: healthy.vip && { ...healthy.vip, trust: "stale" } },
    what: "VIP holder",
  },
  {
    name: "a stale HAProxy, though its pools are right",
    page: { ...healthy, haproxy: healthy.haproxy.map((n) => (n.name === "node2" ? { ...n, trust: "stale" } : n)) },
    what: "HAProxy on node2",
  },
  {
    name: "a HAProxy that is not shown",
    page: { ...healthy, haproxy: healthy.haproxy.slice(1) },
    what: "HAProxy on node1",
  },
  {
    name: "a client's eye that gets nowhere, though the way is in order",
    page: { ...healthy, clientEye: healthy.clientEye && { ...healthy.clientEye, state: "failing", member: null } },
    what: "client's eye",
  },
  { name: "a member that is not shown", page: { ...healthy, members: healthy.members.slice(1) }, what: "members" },
  {
    name: "a role that is stale",
    page: { ...healthy, members: healthy.members.map((m) => (m.name === "node3" ? { ...m, roleTrust: "stale" } : m)) },
    what: "node3: role",
  },
];

test.each(cases)("it is a disagreement: $name", ({ page = healthy, truth = truthOf("node1"), what }) => {
  expect(agrees(page, truth).map((each) => each.what)).toContain(what);
});

test("of a host that is cut off, or dead, the page need not know; only it must not say that it does", () => {
  const stale = (name: string): Snapshot => ({
    ...healthy,
    members: healthy.members.map((m) => (m.name === name ? { ...m, stateTrust: "stale", timeline: null } : m)),
    haproxy: healthy.haproxy.map((node) => (node.name === name ? { ...node, trust: "stale" } : node)),
  });
  const cut = withHost(truthOf("node1"), "node2", { reachable: false, vip: true, inRecovery: false });
  const services = { ...truthOf("node1").hosts.node2?.services, postgres: "stopped" as const };
  const dead = withHost(truthOf("node1"), "node2", { services, inRecovery: null, timeline: null, haproxy: null });
  for (const truth of [cut, dead]) {
    expect(agrees(stale("node2"), truth)).toEqual([]);
    expect(agrees(healthy, truth).map((each) => each.what)).toEqual(["node2: state", "HAProxy on node2"]);
  }
});

test.each([
  ["UP", true],
  ["UP 1/2", true],
  ["no check", true],
  ["DOWN", false],
  ["DOWN 1/2", false],
  ["MAINT", false],
  ["DRAIN", false],
])("HAProxy sends new sessions to a server that is %s: %s", (raw, takes) => {
  expect(takesTraffic(raw)).toBe(takes);
});
