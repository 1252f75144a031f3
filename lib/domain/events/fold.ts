import type { Snapshot } from "../snapshot";
import type { EventRule } from "./draft";
import type { ClusterEvent } from "./event";
import { type EventMemory, Notebook } from "./notebook";
import { archiving } from "./rules/archiving";
import { backups } from "./rules/backups";
import { configuration } from "./rules/configuration";
import { dcsHealth, dcsLeader } from "./rules/dcs";
import { handover } from "./rules/handover";
import { leader } from "./rules/leader";
import { memberRoles } from "./rules/member-roles";
import { memberStates } from "./rules/member-states";
import { members } from "./rules/members";
import { operation } from "./rules/operation";
import { patroniHistory } from "./rules/patroni-history";
import { pause } from "./rules/pause";
import { poolServers } from "./rules/pool-servers";
import { scheduled } from "./rules/scheduled";
import { sources } from "./rules/sources";
import { timeline } from "./rules/timeline";
import { verdict } from "./rules/verdict";
import { vip } from "./rules/vip";

/** In the order in which events of one picture are told: cause before consequence. */
const RULES: readonly EventRule[] = [
  operation,
  sources,
  dcsHealth,
  dcsLeader,
  configuration,
  pause,
  scheduled,
  handover,
  leader,
  timeline,
  patroniHistory,
  members,
  memberRoles,
  memberStates,
  poolServers,
  vip,
  archiving,
  backups,
  verdict,
];

/**
 * What changed with this picture, and the memory to fold the next one with. Only a change from one known value to another is
 * an event; the first sight of a thing, and its being out of sight, are none. Pictures must come in the order of their time.
 */
export function foldEvents(
  memory: EventMemory,
  snapshot: Snapshot,
): { readonly memory: EventMemory; readonly events: readonly ClusterEvent[] } {
  const book = new Notebook(memory, snapshot.at);
  const events = RULES.flatMap((rule) => rule(book, snapshot)).map((draft) => ({ scope: snapshot.scope, ...draft }));
  return { memory: book.memory(), events };
}
