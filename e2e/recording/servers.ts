import { ofFault } from "./faults";
import type { Recording } from "./recording";

/** Replication, and how well we see PostgreSQL. */
export const SERVER_RECORDINGS: readonly Recording[] = [ofFault("receiver-stopped"), ofFault("postgres-password")];
