import type { Instant } from "@/lib/domain/ids";
import { ok } from "@/lib/domain/observation";
import type { DiskFacts, DiskSpace } from "@/lib/domain/vitals/facts";
import { failureText } from "@/lib/sources/shared/failure";
import type { Question, SharedConnection } from "./kept-connection";
import { lastRows } from "./rows";
import { diskSql } from "./vitals-queries";
import { diskRows } from "./vitals-schema";

/** Kept by the server, in ms; ours comes later, so that the connection survives. */
const DISK_TIMEOUT_MS = 1_000;
const DISK_GIVE_UP_MS = 1_500;
/** Pause between two attempts, and after one that took too long, in ms. */
const ASK_EVERY_MS = 60_000;
const ASK_AGAIN_MS = 600_000;
/** An answer that could not be had again for this long tells nothing any more, in ms. */
const FORGET_AFTER_MS = 180_000;
const KIB = 1_024;

/** Asks how full the disks are, a question of its own now and then. For servers that have the function (`public/sql/disk-space.sql`). */
export function diskLook<S>(connection: SharedConnection<S>) {
  let answer: { readonly facts: DiskFacts; readonly at: number } | null = null;
  let askAt = 0;
  return {
    async refresh(signal?: AbortSignal): Promise<void> {
      if (Date.now() < askAt) return;
      const asked = await connection.ask<DiskFacts>(ASK_DISK, signal).answer;
      const at = Date.now();
      if (asked.ok) answer = { facts: asked.value, at };
      askAt = at + (!asked.ok && asked.failure.kind === "timeout" ? ASK_AGAIN_MS : ASK_EVERY_MS);
    },
    last: (): DiskFacts | null => (answer !== null && Date.now() - answer.at <= FORGET_AFTER_MS ? answer.facts : null),
  };
}

const ASK_DISK: Question<unknown, DiskFacts> = {
  urgent: false,
  timeoutMs: DISK_GIVE_UP_MS,
  async ask(client) {
    const row = diskRows.safeParse(await lastRows(client, diskSql(DISK_TIMEOUT_MS))).data?.[0];
    const disks = row?.said ? parseDiskSpace(row.said) : null;
    if (!row || disks === null) return { ok: false, failure: failureText("malformed", "the space on the disks") };
    return ok({ disks, at: row.at as Instant });
  },
};

/** `<path> <a line of df -kP>`; the name of a filesystem and the path of its mount may hold spaces. */
const LINE = /^(\S+) (.+?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s+(.+)$/;

/** One entry for each mount, whatever it holds. Null where nothing could be understood. */
export function parseDiskSpace(said: string): DiskSpace[] | null {
  const byMount = new Map<string, DiskSpace>();
  for (const line of said.split("\n")) {
    const [, path, , total, used, free, mount] = LINE.exec(line) ?? [];
    if (path === undefined || mount === undefined || Number(total) === 0) continue;
    const purpose = path === "." ? "data" : path === "pg_wal" ? "wal" : "tablespace";
    const before = byMount.get(mount)?.holds ?? [];
    byMount.set(mount, {
      holds: before.includes(purpose) ? before : [...before, purpose],
      mount,
      totalBytes: Number(total) * KIB,
      usedBytes: Number(used) * KIB,
      freeBytes: Math.max(0, Number(free)) * KIB,
    });
  }
  return byMount.size === 0 ? null : [...byMount.values()];
}
