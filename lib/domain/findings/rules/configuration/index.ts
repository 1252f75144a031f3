import type { FindingRule } from "../../rule";
import { configArchiveOff } from "./archive-off";
import { configCheckTimeline } from "./check-timeline";
import { configClash } from "./clash";
import { configFailoverLag } from "./failover-lag";
import { configFailsafeOff } from "./failsafe-off";
import { configIgnored } from "./ignored";
import { configRecovery } from "./recovery";
import { configRewind } from "./rewind";
import { configSenders } from "./senders";
import { configSlotLimit } from "./slot-limit";
import { configSlotsOff } from "./slots-off";
import { configStartTimeout } from "./start-timeout";
import { configStrictSync } from "./strict-sync";
import { configValue } from "./value";
import { configWalKeepSegments } from "./wal-keep-segments";

/** What the configuration, as it was read, will do that hurts later. */
export const CONFIGURATION_RULES: readonly FindingRule[] = [
  configStrictSync,
  configFailoverLag,
  configStartTimeout,
  configRewind,
  configSlotsOff,
  configSlotLimit,
  configSenders,
  configArchiveOff,
  configFailsafeOff,
  configCheckTimeline,
  configRecovery,
  configValue,
  configClash,
  configIgnored,
  configWalKeepSegments,
];
