import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { BackupConfig } from "@/lib/config/types";
import type { BackupFacts, BackupRecord } from "@/lib/domain/backups/facts";
import { instant } from "@/lib/domain/ids";
import { ok, type Result } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import { parseBackupLabel } from "./label";
import { parseManifest } from "./manifest";
import { toFacts, toRecord } from "./record";

/** More folders than this are no place for base backups. */
const FOLDERS_MAX = 1_000;

/**
 * Base backups as `pg_basebackup` leaves them: each folder below `path` with a `backup_manifest` or a `backup_label`. The manifest is
 * written last, so a folder with a label alone is being filled, was cut off, or was made without one: which of these cannot be told.
 *
 * Failures: `failed` (no such folder), `insufficient-privilege`, `too-large` (more than a thousand folders, or a manifest above the limit).
 */
export async function readDirectory(config: BackupConfig, signal: AbortSignal): Promise<Result<BackupFacts>> {
  const path = config.path ?? "";
  try {
    const entries = await readdir(/* turbopackIgnore: true */ path, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory());
    if (folders.length > FOLDERS_MAX)
      return { ok: false, failure: failureText("too-large", `${folders.length} folders`) };
    const backups: BackupRecord[] = [];
    for (const { name } of folders) {
      if (signal.aborted) return { ok: false, failure: failureText("aborted") };
      const backup = await readBackup(join(path, name), config.outputMaxBytes);
      if (backup) backups.push(backup);
    }
    return ok(toFacts(config.stanza ?? basename(path), backups));
  } catch (error) {
    return { ok: false, failure: fileFailure(error) };
  }
}

async function readBackup(folder: string, manifestMaxBytes: number): Promise<BackupRecord | null> {
  const manifestPath = join(folder, "backup_manifest");
  const [info, labelText, version] = await Promise.all([
    stat(/* turbopackIgnore: true */ manifestPath).catch(absent),
    readFile(/* turbopackIgnore: true */ join(folder, "backup_label"), "utf8").catch(absent),
    readFile(/* turbopackIgnore: true */ join(folder, "PG_VERSION"), "utf8").catch(absent),
  ]);
  const label = labelText === null ? null : parseBackupLabel(labelText);
  if (info === null && label === null) return null;
  const readable = info !== null && info.size <= manifestMaxBytes;
  const manifest = readable ? parseManifest(await readFile(/* turbopackIgnore: true */ manifestPath, "utf8")) : null;
  return toRecord(basename(folder), label, manifest, {
    // A manifest that is too large to read was still written to its end by pg_basebackup.
    complete: manifest !== null || (info !== null && !readable),
    writtenAt: info === null ? null : instant(info.mtimeMs),
    version: version?.trim() || null,
  });
}

/** What is not there is null; everything else that keeps us from reading is told. */
function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}

function fileFailure(error: unknown) {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EACCES" || code === "EPERM") return failureText("insufficient-privilege", "the folder may not be read");
  if (code === "ENOENT" || code === "ENOTDIR") return failureText("failed", "there is no such folder");
  return failureOf(error);
}
