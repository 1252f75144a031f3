import type { FindingRule } from "../../rule";
import { archiving } from "./archiving";
import { backup } from "./backup";

/** PostgreSQL itself, its backups and what it runs on. */
export const SERVER_RULES: readonly FindingRule[] = [archiving, backup];
