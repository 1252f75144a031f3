import { z } from "zod";
import { loose } from "@/lib/sources/shared/patroni-words";

/**
 * Patroni's answers, 3.0 to 4.1. Loose on purpose: unknown keys pass, every field may be missing, a field of the wrong
 * type counts as missing. https://patroni.readthedocs.io/en/latest/rest_api.html
 */

const text = loose(z.string());
const flag = loose(z.boolean());
/** A number; or digits as text, where `parseJson` kept a 64-bit one. */
const count = loose(z.union([z.number(), z.string()]));
const anything = z.unknown().optional();

export const statusSchema = z.looseObject({
  state: text,
  role: text,
  postmaster_start_time: text,
  server_version: count,
  timeline: count,
  xlog: loose(z.looseObject({ location: count, received_location: count, replayed_location: count, paused: flag })),
  replication_state: text,
  sync_standby: flag,
  quorum_standby: flag,
  pause: flag,
  cluster_unlocked: flag,
  failsafe_mode_is_active: flag,
  watchdog_failed: flag,
  dcs_last_seen: count,
  tags: anything,
  database_system_identifier: count,
  pending_restart: flag,
  pending_restart_reason: anything,
  patroni: loose(z.looseObject({ version: text, scope: text, name: text })),
});
export type StatusAnswer = z.infer<typeof statusSchema>;

export const memberSchema = z.looseObject({
  name: z.string().min(1),
  role: text,
  state: text,
  api_url: text,
  host: text,
  port: count,
  timeline: count,
  lag: count,
  lsn: text,
  receive_lsn: text,
  replay_lsn: text,
  tags: anything,
  pending_restart: flag,
  pending_restart_reason: anything,
  scheduled_restart: loose(z.looseObject({ schedule: text })),
});
export type MemberAnswer = z.infer<typeof memberSchema>;

export const clusterSchema = z.looseObject({
  members: z.array(z.unknown()),
  scope: text,
  pause: flag,
  scheduled_switchover: loose(z.looseObject({ at: text, from: text, to: text })),
});
export type ClusterAnswer = z.infer<typeof clusterSchema>;
