import type { FindingRule } from "../../rule";

/** What the configuration says that will hurt later. */
export const CONFIGURATION_RULES: readonly FindingRule[] = [];
