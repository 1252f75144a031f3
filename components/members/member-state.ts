import { type Level, levelUnderTrust } from "@/components/status/level";
import type { PostgresState } from "@/lib/domain/facts";
import type { MemberView, Trust } from "@/lib/domain/snapshot";

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

/** What of a member its state is told from. */
export type StatedMember = Pick<MemberView, "presence" | "role" | "state" | "replicationState">;

/** The level that a member's state is drawn with. That it is missing is the DCS's word, whatever the member last said itself. */
export function shownLevel(member: StatedMember, trust: Trust, pageStale: boolean): Level {
  const { level } = memberState(member);
  return member.presence === "missing" && !pageStale ? level : levelUnderTrust(level, trust);
}

/** How much a member's state deserves the eye, and the key of its word. */
export function memberState(member: StatedMember): { readonly level: Level; readonly key: string } {
  if (member.presence === "missing") return { level: "warn", key: "members.state.missing" };
  const replica = member.role !== "leader" && member.role !== "standby-leader";
  if (member.state === "running" && replica && member.replicationState !== null) {
    const streaming = member.replicationState === "streaming";
    return { level: streaming ? "ok" : "warn", key: `members.state.${member.replicationState}` };
  }
  return { level: LEVEL[member.state], key: `members.state.${member.state}` };
}

/** True when PostgreSQL itself, seen freshly, says that it is not in recovery. Of a member that does not lead: a danger. */
export const acceptsWrites = (member: MemberView): boolean =>
  member.witnesses.some(({ layer, says, trust }) => layer === "postgres" && says === "writer" && trust === "fresh");

/** Worst bytes of lag that any replica is known to have, and whether some replica's lag is unknown. */
export function worstLag(members: readonly MemberView[]): { readonly bytes: number | null; readonly unknown: boolean } {
  const replicas = members.filter(({ role }) => role !== "leader" && role !== "standby-leader");
  const known = replicas.flatMap(({ lag }) =>
    lag.trust === "fresh" && lag.replayBytes !== null ? [lag.replayBytes] : [],
  );
  return { bytes: known.length > 0 ? Math.max(...known) : null, unknown: known.length < replicas.length };
}
