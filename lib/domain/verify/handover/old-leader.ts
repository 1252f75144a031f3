import type { Fence } from "../../actions/plan";
import type { MemberEvidence } from "../../evidence/evidence";
import { outOfSight } from "../../evidence/evidence";
import { type EpochMs, type Instant, instant } from "../../ids";
import { type Message, message } from "../../message";
import type { Reign, Sight } from "../shared/sight";
import type { Finding } from "../shared/steps";

/** Whether the leader of the fence has stopped to take writes, and what it is busy with. `moved`: somebody else holds the key. */
export function oldLeaderFinding(fence: Fence, sight: Sight, reign: Reign, since: EpochMs): Finding {
  if (fence.leader === null) return { state: "skipped" };
  const old = sight.member(fence.leader);
  if (!old) return { state: "waiting", detail: unseen(fence.leader) };
  const { writable } = old;
  if (writable.says === "not-writable" && writable.at >= since)
    return { state: "done", since: lastWritable(old, since) };
  const under = reign.kind === "vacant" || reign.kind === "moved";
  if (writable.says === "unknown" && outOfSight(old)) {
    return { state: under ? "running" : "waiting", detail: unseen(old.name), since: lastWritable(old, since) };
  }
  const phase = phaseOf(old, sight);
  // While it only waits, its beginning moves along: the write gap is told from the last look that found it writable.
  if (phase === null && !under) return { state: "waiting", since: lastWritable(old, since) };
  return { state: "running", detail: stopping(old, phase ?? "running"), since: lastWritable(old, since) };
}

/** The last look that found it writable; null where none did since the operation began. */
export function lastWritable(member: MemberEvidence, since: EpochMs): Instant | null {
  const { postgres } = member;
  if (postgres.state === "unknown" || postgres.value.inRecovery || postgres.at < since) return null;
  return instant(postgres.at);
}

const unseen = (member: string): Message => message("verify.detail.unseen", { member });

/**
 * Patroni runs a checkpoint before it stops a leader; meanwhile its key says `running` and leaves out its position (PROTOCOLS C.5).
 * Null: nothing shows that it is being stopped.
 */
function phaseOf({ name, patroni, dcs }: MemberEvidence, sight: Sight): "checkpoint" | "stopping" | "stopped" | null {
  const state = patroni.state === "fresh" ? patroni.value.state : sight.dcs ? (dcs?.state ?? null) : null;
  if (state === "stopping" || state === "stopped") return state;
  const asked = sight.dcs?.failover?.leader === name || sight.dcs?.failover?.candidate !== undefined;
  const hides = sight.dcs !== null && dcs?.role === "primary" && dcs.lsn === null && dcs.timeline === null;
  return asked && hides ? "checkpoint" : null;
}

/** `node1 is still stopping: 3 WAL senders`; senders only as far as its PostgreSQL has just told. */
function stopping({ name, postgres }: MemberEvidence, phase: string): Message {
  const known = postgres.state === "fresh" && postgres.value.canReadReplication;
  const senders = known ? postgres.value.senders.length : 0;
  return message("verify.detail.stopping", { member: name, phase, known: known ? "yes" : "no", senders });
}
