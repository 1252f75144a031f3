import type { Lsn } from "@/lib/domain/ids";
import { lsn } from "./label";

/** What of a `backup_manifest` (13 and later) is of use here. */
export type Manifest = {
  /** Only in manifests of version 2 (17 and later). */
  readonly systemId: string | null;
  readonly totalBytes: number | null;
  readonly lsnStart: Lsn | null;
  readonly lsnStop: Lsn | null;
  readonly timeline: number | null;
};

const SIZE = /"Size": (\d+)/g;
const RANGE = /\{ "Timeline": (\d+), "Start-LSN": "([0-9A-F/]+)", "End-LSN": "([0-9A-F/]+)" \}/g;

/**
 * Reads a manifest by its lines, in the layout in which PostgreSQL writes it: it lists every file, and may be tens of megabytes. Null
 * when it is none or is cut short, which is what an interrupted copy of a backup leaves behind.
 */
export function parseManifest(text: string): Manifest | null {
  if (!/^\{\s*"PostgreSQL-Backup-Manifest-Version": \d/.test(text)) return null;
  if (!/"Manifest-Checksum": "[0-9a-f]+"\s*\}\s*$/.test(text)) return null;
  const filesEnd = text.indexOf('"WAL-Ranges"');
  const files = filesEnd < 0 ? text : text.slice(0, filesEnd);
  let totalBytes = 0;
  for (const [, size] of files.matchAll(SIZE)) totalBytes += Number(size);
  // The ranges are listed newest timeline first.
  const ranges = [...text.slice(Math.max(0, filesEnd)).matchAll(RANGE)];
  const [newest, oldest] = [ranges.at(0), ranges.at(-1)];
  return {
    systemId: /"System-Identifier": (\d+)/.exec(text.slice(0, 400))?.[1] ?? null,
    totalBytes,
    lsnStart: lsn(oldest?.[2]),
    lsnStop: lsn(newest?.[3]),
    timeline: newest?.[1] === undefined ? null : Number(newest[1]),
  };
}
