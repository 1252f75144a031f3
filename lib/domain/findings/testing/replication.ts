import type { ClusterState } from "../../cluster-state";
import type { PostgresFacts, ReplicationSlot, Tags, WalSender } from "../../facts";
import type { Lsn } from "../../ids";
import { answer, type ClusterOptions, healthyState, NOW, patchDcs, patchPostgres } from "../../testing/builders";
import { LEADER_LSN, NO_TAGS, walSender } from "../../testing/facts";
import type { FindingRule } from "../rule";
import { NOTHING_WATCHED, TRACK_STEP_MS, type TrackPoint, type Watch } from "../watch/types";
import { inputOf } from "./staleness";

/** States of replication, and what a rule says of one. */

export const MIB = 1_048_576;
export const GIB = 1_024 * MIB;

/** What a rule says, as `severity subject` and, where it tells two things apart by it, a parameter of the text. */
export function says(rule: FindingRule, state: ClusterState, watch: Partial<Watch> = {}, param?: string): string[] {
  const drafts = rule.find(inputOf(state, null, NOW, { ...NOTHING_WATCHED, ...watch }));
  return drafts.map(({ severity, subject, text }) =>
    [severity, subject.name, ...(param ? [text.params[param]] : [])].join(" "),
  );
}

export const healthy = (options: ClusterOptions = {}) => healthyState(options);

/** The leader's row of a replica, changed. */
export const behind = (name: string, over: Partial<WalSender>, sender = "node1", state = healthy()) =>
  patchSenders(state, sender, (row) => (row.applicationName === name ? { ...row, ...over } : row));

const patchSenders = (state: ClusterState, sender: string, change: (row: WalSender) => WalSender) =>
  answer(state, "postgres", sender, (was: PostgresFacts) => ({ ...was, senders: was.senders.map(change) }));

export const withTags = (state: ClusterState, name: string, tags: Partial<Tags>) =>
  patchDcs(state, {
    members: (state.dcs.good?.value.members ?? []).map((one) =>
      one.name === name ? { ...one, tags: { ...NO_TAGS, ...tags } } : one,
    ),
  });

/** node3 follows node2, which follows node1. */
export function cascade(state = healthy()): ClusterState {
  const tagged = withTags(state, "node3", { replicatefrom: "node2" });
  const without = patchPostgres(tagged, "node1", { senders: [walSender("node2", 1)] });
  const sends = patchPostgres(without, "node2", { senders: [walSender("node3", 2, { replayLagBytes: 0 })] });
  return answer(sends, "postgres", "node3", (was: PostgresFacts) => ({
    ...was,
    receiver: was.receiver && { ...was.receiver, senderHost: "10.0.0.2" },
  }));
}

export const standbyCluster = (config: Record<string, unknown>, leader: Partial<PostgresFacts>) =>
  patchPostgres(patchDcs(healthy(), { config: { standby_cluster: config } }), "node1", {
    inRecovery: true,
    receivedLsn: LEADER_LSN,
    replayedLsn: LEADER_LSN,
    ...leader,
  });

export const fromRemote = {
  status: "streaming",
  senderHost: "192.0.2.7",
  senderPort: 5432,
  slotName: "standby",
  receivedTimeline: 7,
  latestEndLsn: "3/9A000148" as Lsn,
  lastMessageAgeSeconds: 1,
};

export const slot = (over: Partial<ReplicationSlot>): ReplicationSlot => ({
  name: "node2",
  type: "physical",
  database: null,
  active: false,
  walStatus: "extended",
  retainedBytes: 0,
  safeWalBytes: null,
  ...over,
});
export const withSlot = (over: Partial<ReplicationSlot>, server = "node1", state = healthy()) =>
  patchPostgres(state, server, { slots: [slot(over)] });

export const track = (values: readonly number[], last = NOW): TrackPoint[] =>
  values.map((value, i) => ({ at: last - (values.length - 1 - i) * TRACK_STEP_MS, value }));
