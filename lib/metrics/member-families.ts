import type { LagView, MemberView } from "@/lib/domain/snapshot";
import { type Family, ofClusters, oneHot, type Row, row } from "./family";

const ROLES: readonly MemberView["role"][] = [
  "leader",
  "standby-leader",
  "sync-standby",
  "quorum-standby",
  "replica",
  "unknown",
];

const ofMembers = (
  name: string,
  help: string,
  labels: readonly string[],
  rows: (member: MemberView) => readonly Row[],
): Family =>
  ofClusters(name, help, ["member", ...labels], ({ members }) =>
    members.flatMap((member) =>
      rows(member).map((one) => ({ ...one, labels: { member: member.name, ...one.labels } })),
    ),
  );

/** Lag that is fresh; what was measured too long ago is no lag of now. */
const lagOf = (lag: LagView, figure: "receiveBytes" | "replayBytes" | "replaySeconds") =>
  row(lag.trust === "fresh" ? lag[figure] : null);

/** Roles, states and lag of each member that was ever seen since the start. */
export const MEMBER_FAMILIES: readonly Family[] = [
  ofMembers("member_present", "Whether the member has its key in the DCS.", [], ({ presence }) =>
    row(presence === "present"),
  ),
  ofMembers("member_role", "1 for the role that holds, by fresh evidence.", ["role"], ({ role, roleTrust }) =>
    oneHot("role", ROLES, roleTrust === "fresh" ? role : "unknown"),
  ),
  ofMembers("member_state", "Always 1; the state of the member's PostgreSQL.", ["state"], ({ state, stateTrust }) =>
    row(1, { state: stateTrust === "fresh" ? state : "unknown" }),
  ),
  ofClusters(
    "member_writer",
    "Whether the verdict names this member as the one that takes writes; no line while none is named for certain.",
    ["member"],
    ({ members, writePath }) =>
      writePath.writer === null ? [] : members.flatMap(({ name }) => row(name === writePath.writer, { member: name })),
  ),
  ofMembers("member_timeline", "The member's timeline.", [], ({ timeline, stateTrust }) =>
    row(stateTrust === "fresh" ? timeline : null),
  ),
  ofMembers("member_timeline_differs", "Whether its timeline is not that of the leader.", [], (member) =>
    row(member.stateTrust === "fresh" && member.timeline !== null ? member.timelineDiffers : null),
  ),
  ofMembers("member_receive_lag_bytes", "WAL that the member has not received yet.", [], ({ lag }) =>
    lagOf(lag, "receiveBytes"),
  ),
  ofMembers("member_replay_lag_bytes", "WAL that the member has not replayed yet.", [], ({ lag }) =>
    lagOf(lag, "replayBytes"),
  ),
  ofMembers("member_replay_lag_seconds", "How far its replay is behind in time.", [], ({ lag }) =>
    lagOf(lag, "replaySeconds"),
  ),
  ofMembers("member_connections", "Connections to the member's PostgreSQL.", [], ({ connections, stateTrust }) =>
    row(stateTrust === "fresh" ? connections : null),
  ),
  ofMembers("member_connections_limit", "Its max_connections.", [], ({ maxConnections, stateTrust }) =>
    row(stateTrust === "fresh" ? maxConnections : null),
  ),
  ofMembers("member_pending_restart", "Whether settings wait for a restart.", [], ({ pendingRestart, stateTrust }) =>
    row(stateTrust === "fresh" ? pendingRestart : null),
  ),
];
