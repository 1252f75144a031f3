import type { FindingRule } from "../../rule";
import { hostSilent } from "./host-silent";
import { maintenanceForgotten } from "./maintenance-forgotten";
import { operationUnknown } from "./operation-unknown";
import { pausedTooLong } from "./paused-too-long";
import { scheduledNear } from "./scheduled-near";
import { sourceSilent } from "./source-silent";
import { storeFailing } from "./store-failing";

/** What is done to the cluster, and how well we see it. */
export const OPERATIONS_RULES: readonly FindingRule[] = [
  hostSilent,
  maintenanceForgotten,
  pausedTooLong,
  operationUnknown,
  scheduledNear,
  storeFailing,
  sourceSilent,
];
