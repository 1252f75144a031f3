import type { Level } from "@/components/status/level";
import type { PostgresState } from "@/lib/domain/facts";
import type { MemberView } from "@/lib/domain/snapshot";

const LEVEL: Readonly<Record<PostgresState, Level>> = {
  running: "ok",
  initializing: "warn",
  "custom-bootstrap": "warn",
  "creating-replica": "warn",
  starting: "warn",
  restarting: "warn",
  stopping: "warn",
  stopped: "crit",
  "initdb-failed": "crit",
  "custom-bootstrap-failed": "crit",
  "start-failed": "crit",
  "restart-failed": "crit",
  "stop-failed": "crit",
  crashed: "crit",
  unknown: "blind",
};

/** How much a member's state deserves the eye, and the key of its word. */
export function memberState(member: MemberView): { readonly level: Level; readonly key: string } {
  if (member.presence === "missing") return { level: "crit", key: "members.state.missing" };
  const replica = member.role !== "leader" && member.role !== "standby-leader";
  if (member.state === "running" && replica && member.replicationState !== null) {
    const streaming = member.replicationState === "streaming";
    return { level: streaming ? "ok" : "warn", key: `members.state.${member.replicationState}` };
  }
  return { level: LEVEL[member.state], key: `members.state.${member.state}` };
}

/** Worst bytes of lag that any replica is known to have, and whether some replica's lag is unknown. */
export function worstLag(members: readonly MemberView[]): { readonly bytes: number | null; readonly unknown: boolean } {
  const replicas = members.filter(({ role }) => role !== "leader" && role !== "standby-leader");
  const known = replicas.flatMap(({ lag }) =>
    lag.trust === "fresh" && lag.replayBytes !== null ? [lag.replayBytes] : [],
  );
  return { bytes: known.length > 0 ? Math.max(...known) : null, unknown: known.length < replicas.length };
}
