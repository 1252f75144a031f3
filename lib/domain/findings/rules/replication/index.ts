import type { FindingRule } from "../../rule";

/** How replicas follow. */
export const REPLICATION_RULES: readonly FindingRule[] = [];
