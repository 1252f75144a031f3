import { ofFault } from "./faults";
import type { Recording } from "./recording";

/** Who writes, and what the DCS says of it. */
export const CLUSTER_RECORDINGS: readonly Recording[] = [
  ofFault("leader-patroni-killed", [
    {
      name: "split-brain",
      what: "Patroni of the leader is killed: its PostgreSQL stays writable, and another is elected",
      when: ({ writePath }) => writePath.state === "split",
      withinMs: 75_000,
    },
  ]),
  ofFault("key-expired-while-paused", [
    {
      name: "paused-no-leader",
      what: "automatic failover is paused, the leader's Patroni is killed and its key has expired",
      when: ({ paused, leader }) => paused === true && leader === null,
      withinMs: 75_000,
    },
  ]),
  ofFault("no-leader", [
    {
      name: "no-leader",
      what: "the leader's host is dead, and nobody else may lead",
      when: ({ leader, dcs, findings }) =>
        leader === null && dcs.trust === "fresh" && findings.some(({ rule }) => rule === "no-candidate"),
      withinMs: 75_000,
    },
  ]),
  ofFault("no-sync-standby"),
  ofFault("failsafe", [
    {
      name: "failsafe",
      what: "etcd has no quorum, and failsafe mode keeps the leader up",
      when: ({ findings }) => findings.some(({ rule }) => rule === "failsafe-active"),
      withinMs: 75_000,
    },
  ]),
];
