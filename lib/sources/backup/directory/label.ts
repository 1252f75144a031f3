import type { Instant, Lsn } from "@/lib/domain/ids";
import { formatLsn, parseLsn } from "@/lib/domain/lsn";
import { instantOfText } from "../times";

/** What PostgreSQL writes into `backup_label` when a base backup begins. */
export type BackupLabel = {
  readonly lsnStart: Lsn | null;
  readonly walStart: string | null;
  readonly startedAt: Instant | null;
  readonly label: string | null;
  readonly from: string | null;
  /** Only an incremental backup (17 and later) has one. */
  readonly incrementalFrom: Lsn | null;
};

/** Reads a `backup_label`; null when the text is none. Its time is in the server's `log_timezone`; other zones than UTC and GMT are not told. */
export function parseBackupLabel(text: string): BackupLabel | null {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1]?.trim() ?? null;
  const start = /^START WAL LOCATION: (\S+) \(file ([0-9A-F]{24})\)/m.exec(text);
  if (!start) return null;
  const time = field("START TIME");
  return {
    lsnStart: lsn(start[1]),
    walStart: start[2] ?? null,
    startedAt:
      time && /(UTC|GMT)$/.test(time) ? instantOfText(time.replace(/ (UTC|GMT)$/, "Z").replace(" ", "T")) : null,
    label: field("LABEL"),
    from: field("BACKUP FROM"),
    incrementalFrom: lsn(field("INCREMENTAL FROM LSN")),
  };
}

export function lsn(text: string | null | undefined): Lsn | null {
  const position = parseLsn(text);
  return position === null ? null : formatLsn(position);
}
