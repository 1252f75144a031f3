import { ofFault } from "./faults";
import type { Recording } from "./recording";

/** The way of clients to the leader. */
export const ROUTING_RECORDINGS: readonly Recording[] = [
  ofFault("write-check-on-health"),
  ofFault("write-check-on-replica"),
  ofFault("write-pool-in-maintenance"),
  ofFault("read-pool-in-maintenance"),
  ofFault("vip-on-replica"),
  ofFault("vip-on-two-hosts"),
  ofFault("pgbouncer-elsewhere"),
];
