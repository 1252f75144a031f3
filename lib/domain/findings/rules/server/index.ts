import type { FindingRule } from "../../rule";
import { archiving } from "./archiving";
import { backup } from "./backup";
import { blockedChain } from "./blocked-chain";
import { certificateEnds } from "./certificate-ends";
import { checksumFailures } from "./checksum-failures";
import { clockSkew } from "./clock-skew";
import { connectionsExhausted } from "./connections-exhausted";
import { connectionsNearLimit } from "./connections-near-limit";
import { diskFull } from "./disk-full";
import { idleInTransaction } from "./idle-in-transaction";
import { longTransaction } from "./long-transaction";
import { pendingRestart } from "./pending-restart";
import { settingsDiffer } from "./settings-differ";
import { statisticsUnseen } from "./statistics-unseen";
import { versionsDiffer } from "./versions-differ";
import { watchdogAbsent } from "./watchdog-absent";
import { wraparound } from "./wraparound";

/** PostgreSQL itself, its backups and what it runs on. */
export const SERVER_RULES: readonly FindingRule[] = [
  diskFull,
  connectionsExhausted,
  connectionsNearLimit,
  checksumFailures,
  archiving,
  backup,
  wraparound,
  idleInTransaction,
  longTransaction,
  blockedChain,
  certificateEnds,
  watchdogAbsent,
  clockSkew,
  pendingRestart,
  settingsDiffer,
  versionsDiffer,
  statisticsUnseen,
];
