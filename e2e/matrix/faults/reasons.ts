import type { Allowed, Wanted } from "../fault";

/** Findings that are true beside others, with the reason why: what is not named in a fault's row is a false finding. */

export const because = (reason: string, ...findings: readonly Wanted[]): Allowed[] =>
  findings.map((finding) => ({ finding, because: reason }));

/** A replica's host, or its Patroni, is away. */
export const AWAY: readonly Allowed[] = [
  ...because("nobody there answers", "source-silent", "host-silent", "member-missing", "dcs-member-down"),
  ...because("its slot waits for it and has no reader", "slot-inactive", "wal-keep-risk"),
  ...because("it does not stream while it is away or catches up", "receiver-stopped", "lag-bytes", "lag-seconds"),
  ...because("the others elect a leader of etcd when its host was that", "dcs-no-leader"),
  ...because("it comes back on the timeline that it left", "timeline-differs"),
];

/** For a while nobody takes writes, or no client comes through. */
export const NO_WRITER: readonly Allowed[] = [
  ...because(
    "clients do not come through while it lasts",
    "client-cut-off",
    "client-read-only",
    "write-path",
    "witness-disagrees",
  ),
  ...because("without a leader the write pools are empty", "write-pool-empty", "write-pool-lacks-leader"),
  ...because("the VIP leaves the host that may not hold it", "vip-nowhere", "vip-misplaced"),
  ...because("nothing is heard of the VIP before the network itself says that nobody has it", "source-silent:vip:*"),
  ...because("nobody leads until the key has expired and another has it", "no-leader"),
];

/** Leadership moves from one to another. */
export const HANDOVER: readonly Allowed[] = [
  ...because("the former leader comes back on its old timeline", "timeline-differs", "rewind-needed"),
  ...because("HAProxy hosts look at different moments of a handover", "haproxy-disagree"),
  ...because("the key and the servers change one after the other", "key-and-recovery-disagree"),
  ...because(
    "the servers of a pool change one after the other",
    "read-pool-empty",
    "read-pool-leader-only",
    "write-pool-several",
  ),
  ...because("replicas find their new leader", "receiver-stopped", "slot-inactive"),
];
