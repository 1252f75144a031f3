import { z } from "zod";
import { loose } from "@/lib/sources/shared/patroni-words";

/** Values that Patroni keeps under `/<namespace>/<scope>/`, 3.0 to 4.1. Loose: see `lib/sources/patroni/schema`. */

const text = loose(z.string());
const flag = loose(z.boolean());
const count = loose(z.union([z.number(), z.string()]));
const anything = z.unknown().optional();

export const memberValueSchema = z.looseObject({
  conn_url: text,
  api_url: text,
  state: text,
  role: text,
  version: text,
  tags: anything,
  xlog_location: count,
  replication_state: text,
  timeline: count,
  pending_restart: flag,
  pending_restart_reason: anything,
  scheduled_restart: loose(z.looseObject({ schedule: text })),
  pause: flag,
});
export type MemberValue = z.infer<typeof memberValueSchema>;

export const failoverValueSchema = z.looseObject({ leader: text, member: text, scheduled_at: text });

export const syncValueSchema = z.looseObject({ leader: text, sync_standby: text });

export const statusValueSchema = z.looseObject({ optime: count });
