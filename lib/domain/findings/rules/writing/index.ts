import type { FindingRule } from "../../rule";
import { expiredKeyWritable } from "./expired-key-writable";
import { failsafeActive } from "./failsafe-active";
import { keyAndRecoveryDisagree } from "./key-and-recovery-disagree";
import { memberMissing } from "./member-missing";
import { noCandidate } from "./no-candidate";
import { noLeader } from "./no-leader";
import { noSyncStandby } from "./no-sync-standby";
import { replicaAhead } from "./replica-ahead";
import { rewindNeeded } from "./rewind-needed";
import { timelineDiffers } from "./timeline-differs";
import { twoWritable } from "./two-writable";
import { witnessDisagrees } from "./witness-disagrees";
import { writePath } from "./write-path";

/** Who takes writes. */
export const WRITING_RULES: readonly FindingRule[] = [
  twoWritable,
  expiredKeyWritable,
  noLeader,
  keyAndRecoveryDisagree,
  failsafeActive,
  writePath,
  memberMissing,
  replicaAhead,
  rewindNeeded,
  timelineDiffers,
  noSyncStandby,
  noCandidate,
  witnessDisagrees,
];
