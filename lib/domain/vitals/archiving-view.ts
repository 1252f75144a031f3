import type { Instant, MemberName } from "../ids";
import type { Message } from "../message";
import type { Trust } from "../trust";

/**
 * How the leader's archiver does. `off`: it has nothing to do by its settings. `failing`: its last attempt failed. `stuck`: nothing fails
 * and nothing is archived, while files wait. Stale figures are shown with their state; nothing is concluded from them.
 */
export type ArchivingView = {
  /** Whose archiver this is; null when no leader is known. */
  readonly member: MemberName | null;
  readonly state: "off" | "ok" | "failing" | "stuck" | "unknown";
  readonly lastArchivedWal: string | null;
  readonly lastArchivedAt: Instant | null;
  readonly lastFailedWal: string | null;
  readonly lastFailedAt: Instant | null;
  /** The first failure since the last success that we know of; PostgreSQL itself tells only the latest. */
  readonly failingSince: Instant | null;
  /** Attempts that failed since the statistics were reset. */
  readonly failedCount: number | null;
  /** WAL files that wait to be archived; null where the role may not list them. */
  readonly backlog: number | null;
  /** When they were counted. */
  readonly backlogAt: Instant | null;
  readonly at: Instant | null;
  readonly trust: Trust;
  readonly text: Message;
};
