import type { FindingRule } from "../../rule";
import { hostSilent } from "./host-silent";
import { sourceSilent } from "./source-silent";

/** What is done to the cluster, and how well we see it. */
export const OPERATIONS_RULES: readonly FindingRule[] = [hostSilent, sourceSilent];
