import type { PatroniStatus, Role } from "@/lib/domain/facts";
import { memberName } from "@/lib/domain/ids";
import { lsnFromBytes } from "@/lib/domain/lsn";
import { fail, ok, type Result } from "@/lib/domain/observation";
import {
  digitsOf,
  numberOf,
  pendingReasonsOf,
  replicationStateOf,
  roleOf,
  stateOf,
  tagsOf,
  timelineOf,
} from "@/lib/sources/shared/patroni-words";
import { type StatusAnswer, statusSchema } from "./schema";

/** Maps a parsed `GET /patroni` body; `malformed` for what is no answer of Patroni at all. */
export function mapStatus(raw: unknown): Result<PatroniStatus> {
  const parsed = statusSchema.safeParse(raw);
  if (!parsed.success) return fail("malformed", "the answer is not a JSON object");
  const answer = parsed.data;
  if (!answer.state && !answer.role && !answer.patroni) return fail("malformed", "the answer is not Patroni's status");
  return ok(statusOf(answer));
}

function statusOf(answer: StatusAnswer): PatroniStatus {
  const { patroni, xlog } = answer;
  return {
    name: patroni?.name ? memberName(patroni.name) : null,
    scope: patroni?.scope ?? null,
    patroniVersion: patroni?.version ?? null,
    state: stateOf(answer.state),
    role: standbyRole(answer),
    postmasterStartTime: answer.postmaster_start_time ?? null,
    serverVersion: numberOf(answer.server_version),
    timeline: timelineOf(answer.timeline),
    replicationState: replicationStateOf(answer.replication_state),
    lsn: lsnFromBytes(digitsOf(xlog?.location)),
    receivedLsn: lsnFromBytes(digitsOf(xlog?.received_location)),
    replayedLsn: lsnFromBytes(digitsOf(xlog?.replayed_location)),
    replayPaused: xlog?.paused ?? null,
    systemId: digitsOf(answer.database_system_identifier),
    tags: tagsOf(answer.tags),
    pendingRestart: answer.pending_restart === true,
    pendingRestartReasons: pendingReasonsOf(answer.pending_restart_reason),
    pause: answer.pause === true,
    clusterUnlocked: answer.cluster_unlocked === true,
    failsafeActive: answer.failsafe_mode_is_active === true,
    watchdogFailed: answer.watchdog_failed === true,
    dcsLastSeen: numberOf(answer.dcs_last_seen),
  };
}

/** Synchronous standbys say `role: replica` and carry a flag beside it (3.0.2 and 4.0). */
function standbyRole(answer: StatusAnswer): Role {
  const role = roleOf(answer.role);
  if (role !== "replica") return role;
  if (answer.quorum_standby) return "quorum-standby";
  return answer.sync_standby ? "sync-standby" : role;
}
