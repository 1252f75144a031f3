import { describe, expect, test } from "vitest";
import type { ClusterState } from "../cluster-state";
import { memberName } from "../ids";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import {
  cutHost,
  failing,
  failingDcs,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipNowhere,
} from "../testing/builders";
import { bareText } from "../testing/samples";
import { readCondition } from "./check";
import type { InputKinds } from "./check-value";
import { judge } from "./judge";

const INPUTS: InputKinds = new Map([
  ["candidate", "replica"],
  ["gone", "member"],
]);
const GIVEN = { candidate: "node2", gone: "node9" };

const pictureOf = (state: ClusterState, now = NOW + 10): Snapshot => ({
  ...buildSnapshot(state, null, now, bareText),
  version: 1,
});

function come(source: string, picture: Snapshot): boolean | null {
  const read = readCondition(source, INPUTS);
  if (read.kind === "error") throw new Error(`${source}: ${JSON.stringify(read.problems)}`);
  const { value, known } = judge(read.condition, { picture, inputs: GIVEN });
  return known ? value : null;
}

const HEALTHY = healthyState({ clientEye: true });

describe("a healthy cluster", () => {
  const picture = pictureOf(HEALTHY);
  test.each<[string, boolean | null]>([
    ['verdict == "ok"', true],
    ['verdictCode == "ok"', true],
    ["not paused and not handover and not scheduled", true],
    ['leader == "node1" and writer == leader', true],
    ["leader != $candidate", true],
    ["leader == none", false],
    ["leader != none", true],
    ["members == 3 and membersPresent == 3 and membersReachable == 3 and membersRunning == 3", true],
    ["replicas == 2 and replicasStreaming == 2 and syncStandbys == 0", true],
    ["every replica (streaming and onLeaderTimeline and lagBytes < 16MB)", true],
    ["every member (running and present and reachable and postgresReachable and pgbouncerReachable)", true],
    ['some member (name == $candidate and state == "streaming" and role == "replica")', true],
    ['state(leader) == "running" and role(leader) == "leader" and writable(leader)', true],
    ["some replica (writable)", false],
    ["lagBytes($candidate) < 16MB and worstLagBytes < 16MB", true],
    ["lagBytes(leader) < 16MB", null],
    ["timeline($candidate) == timeline(leader)", true],
    ["upstream($candidate) == leader and upstream(leader) == none", true],
    ["dcsReadable and dcsQuorum and dcsMembers == 3 and dcsMembersUp == 3", true],
    ["vipHolder == leader and vipHolders == 1 and holdsVip(leader) and not holdsVip($candidate)", true],
    ["haproxyNodes == 3 and haproxyUp == 3", true],
    ["writePoolServer == leader and writePoolServers == 1 and readPoolServers == 2", true],
    ["writePools(leader) == 3 and writePools($candidate) == 0 and readPools($candidate) == 3", true],
    ["pgbouncersUp == 3 and pgbouncersPaused == 0 and clientsWaiting == 0", true],
    ['clientWrites == "writable" and not clientGap', true],
    ['archiving == "ok" and archiveBacklog == 0', true],
    ["backupAge < 26h", null],
    ["backupRunning", null],
    ["restorable", null],
    ['finding("no-leader")', false],
    ["production", true],
    ["operationRunning", null],
    ["maintenance", null],
    ["nofailover($candidate) or noloadbalance($candidate) or nosync($candidate)", false],
    ["pendingRestarts == 0 and not pendingRestart($candidate) and not restartScheduled($candidate)", true],
    ["connections($candidate) < maxConnections($candidate)", true],
    ["postgresVersion(leader) == postgresVersion($candidate)", true],
    ["present($gone)", false],
    ["running($gone)", null],
    ["name($gone) == $gone", true],
  ])("%s", (source, expected) => expect(come(source, picture)).toBe(expected));
});

describe("what is stale, silent or absent is not known", () => {
  const blind = pictureOf(HEALTHY, NOW + 600_000);
  test.each([
    'verdict == "ok"',
    'verdict != "ok"',
    "leader == none",
    'leader == "node1"',
    "paused",
    "every replica (streaming)",
    "some replica (streaming)",
    "members == 3",
    "worstLagBytes < 16MB",
    "running(leader)",
    "vipHolders == 1",
    "writePoolServers == 1",
    "clientsWaiting == 0",
    "criticalFindings == 0",
    'finding("two-writable") or paused',
    'clientWrites == "failing"',
    'archiving == "ok"',
  ])("ten minutes without a look: %s", (source) => expect(come(source, blind)).toBeNull());

  test("nobody was asked yet: nothing is true, and nothing but what is configured is false", () => {
    const never = pictureOf({ ...HEALTHY, dcs: { ...HEALTHY.dcs, good: null, last: null }, roster: [] });
    for (const source of ["leader == none", "every member (running)", "members == 0", "dcsReadable", "paused"]) {
      expect([source, come(source, never)]).toEqual([source, null]);
    }
  });

  test("a DCS that refuses us is not readable, and that much is known", () => {
    const refused = pictureOf(failingDcs(HEALTHY, "no-quorum", NOW));
    expect(come("dcsReadable", refused)).toBe(false);
    expect(come("dcsQuorum", refused)).toBe(false);
    expect(come("leader == none", refused)).toBeNull();
  });
});

describe("a dead host", () => {
  const picture = pictureOf(cutHost(HEALTHY, "node3"), NOW + 10);
  test.each<[string, boolean | null]>([
    ['reachable("node3")', false],
    ['running("node3")', null],
    ["every replica (streaming)", null],
    ["some replica (streaming)", true],
    ["replicasStreaming >= 1", true],
    ["replicasStreaming >= 2", null],
    ["replicasStreaming >= 3", false],
    ["membersRunning > 1", true],
    ["membersRunning < 2", false],
    ["membersRunning == 3", null],
    ["membersRunning == 1", false],
    ["membersRunning != 1", true],
    ["membersReachable == 2", true],
    ['every replica (name == "node3" or streaming)', true],
    ["haproxyUp == 2 and pgbouncersUp == 2", true],
  ])("%s", (source, expected) => expect(come(source, picture)).toBe(expected));
});

describe("what changed is seen", () => {
  test.each<[string, ClusterState, string, boolean | null]>([
    ["the key is gone", keyTo(HEALTHY, null, "9"), "leader == none", true],
    ["another leads", keyTo(HEALTHY, "node2", "9"), "leader == $candidate", true],
    ["a replica is everyone but who leads", keyTo(HEALTHY, "node2", "9"), 'every replica (name != "node2")', true],
    ["paused", patchDcs(HEALTHY, { pause: true }), "paused", true],
    [
      "a handover is asked for",
      patchDcs(HEALTHY, {
        failover: { leader: memberName("node1"), candidate: memberName("node2"), scheduledAt: null, modRevision: "7" },
      }),
      "handover",
      true,
    ],
    ["synchronous", patchDcs(HEALTHY, { config: { synchronous_mode: true } }), 'synchronousMode == "on"', true],
    ["by quorum", patchDcs(HEALTHY, { config: { synchronous_mode: "quorum" } }), 'synchronousMode == "quorum"', true],
    ["not synchronous", patchDcs(HEALTHY, { config: {} }), 'synchronousMode == "off"', true],
    [
      "a setting",
      patchDcs(HEALTHY, { config: { postgresql: { parameters: { max_connections: 200 } } } }),
      'configured("postgresql.parameters.max_connections") == "200"',
      true,
    ],
    ["none is set", patchDcs(HEALTHY, { config: {} }), 'configured("ttl") == none', true],
    ["another timeline", patchPostgres(HEALTHY, "node2", { timeline: 3 }), "onLeaderTimeline($candidate)", false],
    ["a member that left", patchDcs(HEALTHY, { members: [] }), "present($candidate)", false],
    ["stopped", stopped("node2"), 'state($candidate) == "stopped"', true],
    ["stopped is not running", stopped("node2"), "running($candidate)", false],
    ["it takes writes too", patchPostgres(HEALTHY, "node2", { inRecovery: false }), "writable($candidate)", true],
    ["one HAProxy goes elsewhere", routes(HEALTHY, "node3", ["node2"]), "writePoolServer == none", true],
    ["and they are two", routes(HEALTHY, "node3", ["node2"]), "writePoolServers == 2", true],
    ["and one sends it writes", routes(HEALTHY, "node3", ["node2"]), "writePools($candidate) == 1", true],
    [
      "no pool has a server",
      ["node1", "node2", "node3"].reduce((s, n) => routes(s, n, []), HEALTHY),
      "writePoolServers == 0",
      true,
    ],
    ["nobody holds the VIP", vipNowhere(HEALTHY), "vipHolder == none and vipHolders == 0", true],
    ["a refused look is a fact", failing(HEALTHY, "patroni", "node2", "refused"), "reachable($candidate)", false],
  ])("%s", (_name, state, source, expected) => expect(come(source, pictureOf(state))).toBe(expected));
});

describe("the rest decides where it can", () => {
  const picture = pictureOf(HEALTHY);
  const UNKNOWN = "backupRunning";
  test.each<[string, boolean | null]>([
    [`${UNKNOWN} and not paused`, null],
    [`${UNKNOWN} and paused`, false],
    [`${UNKNOWN} or not paused`, true],
    [`${UNKNOWN} or paused`, null],
    [`not ${UNKNOWN}`, null],
    ["$gone in ($candidate, leader)", false],
    ["upstream($gone) in (leader, $candidate)", null],
    ["every replica (streaming or writable)", true],
  ])("%s", (source, expected) => expect(come(source, picture)).toBe(expected));

  test("an input that was not given is not known", () => {
    const read = readCondition("leader == $candidate", INPUTS);
    if (read.kind === "error") throw new Error("a condition");
    expect(judge(read.condition, { picture, inputs: {} })).toEqual({ value: false, known: false });
    expect(judge(read.condition, { picture, inputs: { toString: "x" } })).toEqual({ value: false, known: false });
  });
});

function stopped(name: string): ClusterState {
  return patchPatroni(failing(HEALTHY, "postgres", name, "refused"), name, {
    state: "stopped",
    replicationState: null,
  });
}
