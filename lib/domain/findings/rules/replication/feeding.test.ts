import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import type { PostgresFacts, WalSender } from "../../../facts";
import { buildSnapshot } from "../../../snapshot/build";
import { answer, cutHost, failing, keyTo, NOW, patchDcs, patchPatroni, patchPostgres } from "../../../testing/builders";
import { walSender } from "../../../testing/facts";
import { aged } from "../../../testing/judge";
import { bareText } from "../../../testing/samples";
import {
  behind,
  cascade,
  GIB,
  healthy,
  MIB,
  says,
  standbyCluster,
  track,
  withSlot,
  withTags,
} from "../../testing/replication";
import type { Watch } from "../../watch/types";
import { cascadeUpstreamDead } from "./cascade-upstream-dead";
import { conflictCancels } from "./conflict-cancels";
import { receiverStopped } from "./receiver-stopped";
import { slotInactive } from "./slot-inactive";
import { slotLost } from "./slot-lost";
import { walKeepRisk } from "./wal-keep-risk";

describe("a receiver that is stopped", () => {
  const gone = (over: Partial<PostgresFacts> = {}) => patchPostgres(healthy(), "node2", { receiver: null, ...over });
  const frozen = (age: number, senders: readonly WalSender[]) =>
    answer(patchPostgres(healthy(), "node1", { senders }), "postgres", "node2", (was: PostgresFacts) => ({
      ...was,
      receiver: was.receiver && { ...was.receiver, lastMessageAgeSeconds: age },
    }));
  const noPostgres = (over: Parameters<typeof patchPatroni>[2]) =>
    patchPatroni(healthy({ postgres: false }), "node2", over);

  test.each<[string, ClusterState, string[]]>([
    ["there is none", gone(), ["warn node2 gone"]],
    [
      "it waits for something to stream",
      answer(healthy(), "postgres", "node2", (was: PostgresFacts) => ({
        ...was,
        receiver: was.receiver && { ...was.receiver, status: "waiting" },
      })),
      ["warn node2 waiting"],
    ],
    ["it is frozen: its sender has dropped it", frozen(70, [walSender("node3", 2)]), ["warn node2 silent"]],
    ["an idle leader has little to say", frozen(70, [walSender("node2", 1), walSender("node3", 2)]), []],
    ["it has just begun", frozen(2, [walSender("node3", 2)]), []],
    [
      "it replays from the archive instead",
      patchPatroni(gone(), "node2", { replicationState: "in-archive-recovery" }),
      ["warn node2 archive"],
    ],
    [
      "it is to do so",
      withTags(patchPatroni(gone(), "node2", { replicationState: "in-archive-recovery" }), "node2", {
        all: { nostream: "true" },
      }),
      [],
    ],
    ["our role may not see receivers", gone({ canReadReplication: false }), []],
    ["there is nobody to stream from", keyTo(gone(), null, "900"), []],
    [
      "the leader is not seen",
      failing(failing(gone(), "postgres", "node1", "refused"), "patroni", "node1", "refused"),
      [],
    ],
    ["it is being restarted", patchPatroni(gone(), "node2", { state: "starting" }), []],
    ["by Patroni's word", noPostgres({ replicationState: null }), ["warn node2 gone"]],
    ["an old Patroni does not tell", noPostgres({ replicationState: null, patroniVersion: "3.0.3" }), []],
    ["the leader of a standby cluster", standbyCluster({ host: "192.0.2.7" }, { receiver: null }), ["warn node1 gone"]],
    [
      "the leader of a standby cluster that is fed from an archive",
      standbyCluster({ restore_command: "cp" }, { receiver: null }),
      [],
    ],
  ])("%s", (_, state, want) => {
    expect(says(receiverStopped, state, {}, "how")).toEqual(want);
  });
});

describe("queries cancelled by replay", () => {
  const counted = (...values: number[]) => ({ tracks: { "conflicts:node2": track(values) } });
  test.each<[string, Partial<Watch>, string[]]>([
    ["none", counted(7, 7, 7), []],
    ["one", counted(7, 8, 8), ["info node2 1"]],
    ["many", counted(7, 9, 14), ["warn node2 7"]],
    ["a reset counts for nothing", counted(70, 0, 0), []],
  ])("%s", (_, watch, want) => {
    expect(says(conflictCancels, healthy(), watch, "count")).toEqual(want);
  });

  test("of a server that leads by now, or is not seen, nothing is said", () => {
    expect(says(conflictCancels, healthy(), { tracks: { "conflicts:node1": track([1, 9]) } })).toEqual([]);
    expect(says(conflictCancels, aged(healthy(), "vitals", "node2", 90_000), counted(1, 9))).toEqual([]);
  });
});

describe("slots", () => {
  test.each<[string, ClusterState, string[]]>([
    ["a member's, inactive, with little", withSlot({ retainedBytes: GIB }), []],
    ["a member's, inactive, with much", withSlot({ retainedBytes: 3 * GIB }), ["warn node1/node2 member"]],
    ["a member's, inactive, with very much", withSlot({ retainedBytes: 11 * GIB }), ["critical node1/node2 member"]],
    ["active, with much", withSlot({ active: true, retainedBytes: 11 * GIB }), []],
    ["nobody's", withSlot({ name: "left_behind" }), ["info node1/left_behind nobody"]],
    [
      "nobody's, with much",
      withSlot({ name: "left_behind", retainedBytes: 3 * GIB }),
      ["warn node1/left_behind nobody"],
    ],
    [
      "a subscription's that has a member's name",
      withSlot({ type: "logical", database: "erp" }),
      ["info node1/node2 nobody"],
    ],
    ["Patroni's copies on a replica are inactive by design", withSlot({ name: "node3" }, "node2"), []],
    [
      "on a replica, with much",
      withSlot({ name: "node3", retainedBytes: 3 * GIB }, "node2"),
      ["warn node2/node3 member"],
    ],
    ["seen only before", aged(withSlot({ retainedBytes: 3 * GIB }), "postgres", "node1", 60_000), []],
  ])("inactive: %s", (_, state, want) => {
    expect(says(slotInactive, state, {}, "owner")).toEqual(want);
  });

  test("the copies that replicas keep of it stand beneath the leader's", () => {
    const much = { retainedBytes: 3 * GIB };
    const at = (now: number) =>
      withSlot({ ...much, name: "node3" }, "node2", withSlot({ ...much, name: "node3" }, "node1", healthy({ now })));
    const first = { ...buildSnapshot(at(NOW), null, NOW, bareText), version: 1 };
    const { findings } = buildSnapshot(at(NOW + 61_000), first, NOW + 61_000, bareText);
    const slots = findings.filter(({ rule }) => rule === "slot-inactive").map(({ id, under }) => [id, under]);
    expect(slots).toContainEqual(["slot-inactive:node1/node3", null]);
    expect(slots).toContainEqual(["slot-inactive:node2/node3", "slot-inactive:node1/node3"]);
  });

  test("a member's slot is found by the name that Patroni makes of the member's", () => {
    const state = withSlot(
      { name: "pg_2_exampleu0064", retainedBytes: 3 * GIB },
      "pg-1",
      healthy({ names: ["pg-1", "PG-2.example@"] }),
    );
    expect(says(slotInactive, state, {}, "owner")).toEqual(["warn pg-1/pg_2_exampleu0064 member"]);
  });

  test.each<[string, ClusterState, string[]]>([
    ["a member's is lost", withSlot({ walStatus: "lost" }), ["critical node1/node2 lost"]],
    ["nobody's is lost", withSlot({ name: "x", walStatus: "lost" }), ["warn node1/x lost"]],
    ["about to be lost", withSlot({ walStatus: "unreserved" }), ["warn node1/node2 unreserved"]],
    ["holds more than is usual", withSlot({ walStatus: "extended" }), []],
    ["of a replica's copies we say nothing", withSlot({ walStatus: "lost" }, "node2"), []],
  ])("lost: %s", (_, state, want) => {
    expect(says(slotLost, state, {}, "status")).toEqual(want);
  });
});

describe("WAL that is about to be removed while it is needed", () => {
  const parameters = (wal_keep_size: unknown) => ({ config: { postgresql: { parameters: { wal_keep_size } } } });
  const noSlot = (flushLagBytes: number) => behind("node2", { slotName: null, flushLagBytes });
  test.each<[string, ClusterState, string[]]>([
    ["a slot with room left", withSlot({ active: true, retainedBytes: GIB, safeWalBytes: GIB }), []],
    [
      "a slot with little room",
      withSlot({ active: true, retainedBytes: 9 * GIB, safeWalBytes: GIB }),
      ["warn node1/node2 slot"],
    ],
    ["a slot without a limit", withSlot({ retainedBytes: 90 * GIB }), []],
    [
      "a slot that is past it is told as lost",
      withSlot({ walStatus: "unreserved", retainedBytes: 9 * GIB, safeWalBytes: 1 }),
      [],
    ],
    ["a replica without a slot, by Patroni's default", noSlot(110 * MIB), ["warn node2 replica"]],
    ["a replica without a slot, with room left", noSlot(90 * MIB), []],
    ["a replica without a slot, as configured", patchDcs(noSlot(900 * MIB), parameters("1GB")), ["warn node2 replica"]],
    ["a configuration that is not understood", patchDcs(noSlot(GIB), parameters("much")), []],
    ["a replica with a slot needs none of it", behind("node2", { flushLagBytes: GIB }), []],
  ])("%s", (_, state, want) => {
    expect(says(walKeepRisk, state, {}, "what")).toEqual(want);
  });
});

describe("a cascade whose upstream is dead", () => {
  const stuck = patchPatroni(cascade(), "node2", { replicationState: null });
  const cutOff = (state: ClusterState) => patchPostgres(cutHost(state, "node2"), "node3", { receiver: null });
  test.each<[string, ClusterState, string[]]>([
    ["it gets no WAL itself", stuck, ["warn node3 stuck"]],
    [
      "it is stopped",
      patchPatroni(cascade(), "node2", { state: "stopped", replicationState: null }),
      ["warn node3 stuck"],
    ],
    ["it is not seen, and nothing comes from it", cutOff(cascade()), ["warn node3 silent"]],
    ["it is not seen, and WAL comes from it all the same", cutHost(cascade(), "node2"), []],
    ["it leads by now", keyTo(stuck, "node2", "900"), []],
    [
      "its follower was given to the leader",
      withTags(patchPatroni(healthy(), "node2", { replicationState: null }), "node3", { replicatefrom: "node2" }),
      [],
    ],
    ["the follower is not seen", aged(stuck, "postgres", "node3", 60_000), []],
  ])("%s", (_, state, want) => {
    expect(says(cascadeUpstreamDead, state, {}, "dead")).toEqual(want);
  });
});
