import type { FindingRule } from "../../rule";
import { cascadeUpstreamDead } from "./cascade-upstream-dead";
import { conflictCancels } from "./conflict-cancels";
import { lagBytes } from "./lag-bytes";
import { lagGrowing } from "./lag-growing";
import { lagSeconds } from "./lag-seconds";
import { receiverStopped } from "./receiver-stopped";
import { replayPaused } from "./replay-paused";
import { slotInactive } from "./slot-inactive";
import { slotLost } from "./slot-lost";
import { walKeepRisk } from "./wal-keep-risk";

/** How replicas follow. */
export const REPLICATION_RULES: readonly FindingRule[] = [
  cascadeUpstreamDead,
  slotLost,
  receiverStopped,
  replayPaused,
  lagBytes,
  lagSeconds,
  lagGrowing,
  slotInactive,
  walKeepRisk,
  conflictCancels,
];
