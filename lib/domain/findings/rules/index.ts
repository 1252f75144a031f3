import type { FindingRule } from "../rule";
import { CONFIGURATION_RULES } from "./configuration";
import { DCS_RULES } from "./dcs";
import { OPERATIONS_RULES } from "./operations";
import { REPLICATION_RULES } from "./replication";
import { ROUTING_RULES } from "./routing";
import { SERVER_RULES } from "./server";
import { WRITING_RULES } from "./writing";

/** Every rule. Those that explain others come in the order in which they are believed as the cause. */
export const RULES: readonly FindingRule[] = [
  ...OPERATIONS_RULES,
  ...DCS_RULES,
  ...WRITING_RULES,
  ...REPLICATION_RULES,
  ...ROUTING_RULES,
  ...SERVER_RULES,
  ...CONFIGURATION_RULES,
];
