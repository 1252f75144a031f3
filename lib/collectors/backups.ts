import type { BackupConfig } from "@/lib/config/types";
import type { BackupFacts, BaseBackupFacts } from "@/lib/domain/backups/facts";
import { targetOf } from "@/lib/domain/backups/seen";
import type { RosterEntry } from "@/lib/domain/cluster-state";
import type { Observation, Result } from "@/lib/domain/observation";
import { askBackups } from "@/lib/sources/backup/ask";
import { askBaseBackups, askBySql } from "@/lib/sources/backup/sql";
import { type Beat, startBeat } from "./beat";
import type { Desk } from "./desk";

const MARGIN_MS = 1_000;
/** While a backup runs it is followed at this pace, in ms, unless its own beat is quicker: that is how its end is told. */
const RUNNING_INTERVAL_MS = 5_000;

/** Starts asking the backup sources that have a place of their own: a command here, an SSH host, a folder. */
export function startBackups(desk: Desk): Beat[] {
  return desk.config.backups
    .filter(({ via }) => via !== "sql")
    .map((config) => startSource(desk, config, config.name, (signal) => askBackups(config, signal)));
}

/** Starts asking one member: each source that goes by `sql`, and for base backups that stream from it. */
export function startMemberBackups(desk: Desk, { name, host, port }: RosterEntry): Beat[] {
  const { postgres, backups } = desk.config;
  if (!postgres || host === null || port === null || backups.length === 0) return [];
  const server = { host, port };
  const bySql = backups
    .filter(({ via }) => via === "sql")
    .map((config) =>
      startSource(desk, config, targetOf(config.name, name), (signal) => askBySql(postgres, server, config, signal)),
    );
  const intervalMs = Math.min(...backups.map((config) => config.intervalMs));
  desk.expect("basebackups", "basebackup", name, intervalMs);
  const streams = following<BaseBackupFacts>(
    {
      source: "basebackup",
      target: name,
      intervalMs,
      giveUpMs: postgres.timeoutMs + MARGIN_MS,
      look: (signal) => askBaseBackups(postgres, server, signal),
    },
    ({ streams: found }) => found.length > 0,
    (seen) => desk.see("basebackups", seen, intervalMs),
  );
  return [...bySql, streams];
}

/** The targets that {@link startMemberBackups} looks at, each with its room. */
export function memberBackupTargets(desk: Desk, member: string): ["backups" | "basebackups", string][] {
  const bySql = desk.config.backups.filter(({ via }) => via === "sql");
  return [
    ...bySql.map(({ name }): ["backups", string] => ["backups", targetOf(name, member)]),
    ["basebackups", member],
  ];
}

function startSource(
  desk: Desk,
  { intervalMs, timeoutMs }: BackupConfig,
  target: string,
  look: (signal: AbortSignal) => Promise<Result<BackupFacts>>,
): Beat {
  desk.expect("backups", "backup", target, intervalMs);
  return following<BackupFacts>(
    { source: "backup", target, intervalMs, giveUpMs: timeoutMs + MARGIN_MS, look },
    ({ stanzas }) => stanzas.some(({ running }) => running?.held === true),
    (seen) => desk.see("backups", seen, intervalMs),
  );
}

type Followed<T> = Omit<Parameters<typeof startBeat<T>>[0], "onSeen">;

/**
 * A beat that quickens while something runs, and otherwise keeps its own pace: news of a new leader must not make us read a repository
 * several times a second.
 */
function following<T>(
  options: Followed<T>,
  isRunning: (facts: T) => boolean,
  onSeen: (seen: Observation<T>) => void,
): Beat {
  let timer: NodeJS.Timeout | undefined;
  const beat = startBeat<T>({
    ...options,
    onSeen(seen) {
      onSeen(seen);
      clearTimeout(timer);
      if (!seen.result.ok || !isRunning(seen.result.value) || options.intervalMs <= RUNNING_INTERVAL_MS) return;
      timer = setTimeout(() => beat.wake(), RUNNING_INTERVAL_MS);
    },
  });
  return {
    wake() {
      // Backups do not change with the leader.
    },
    setFast() {
      // See above.
    },
    once: () => Promise.resolve(),
    stop() {
      clearTimeout(timer);
      beat.stop();
    },
  };
}
