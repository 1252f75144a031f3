import type { Level } from "@/components/status/level";
import type { BackupsView } from "@/lib/domain/backups/view";
import type { Instant } from "@/lib/domain/ids";

/** How a cluster's backups stand, in a word: the newest good one of all sources. */
export type BackupStanding = {
  readonly kind: "not-configured" | "unknown" | "none" | "last";
  readonly at: Instant | null;
  readonly running: boolean;
  readonly level: Level;
};

const LEVEL = { info: "ok", warn: "warn", critical: "crit" } as const;

/** Several sources are as good as their newest good backup and as bad as their worst remark; of those that are not freshly seen nothing is said. */
export function backupStanding({ sources }: BackupsView): BackupStanding {
  if (sources.length === 0) return { kind: "not-configured", at: null, running: false, level: "info" };
  const seen = sources.filter(({ trust, count }) => trust === "fresh" && count !== null);
  if (seen.length === 0) return { kind: "unknown", at: null, running: false, level: "blind" };
  const ends = seen.flatMap(({ last }) => last?.stoppedAt ?? last?.startedAt ?? []);
  const at = ends.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
  const worst = seen.flatMap(({ remarks }) => remarks.map(({ severity }) => LEVEL[severity]));
  const level: Level = worst.includes("crit") ? "crit" : worst.includes("warn") ? "warn" : "ok";
  const running = seen.some((one) => one.running !== null);
  const some = seen.some(({ last }) => last !== null);
  return { kind: some ? "last" : "none", at, running, level };
}
