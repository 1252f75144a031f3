import type { BackupFacts, BackupRecord } from "@/lib/domain/backups/facts";
import { instant } from "@/lib/domain/ids";
import { ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { lsn, parseBackupLabel } from "./label";
import type { Manifest } from "./manifest";
import { toFacts, toRecord } from "./record";

/**
 * Tells of each base backup below a folder what {@link readListing} needs, a line a fact: a manifest lists every file and may be tens of
 * megabytes, so it is summed up where it lies. POSIX shell with the GNU or BusyBox tools that every Linux has; it only reads.
 */
const SCRIPT = `cd -- "$1" || exit 3
for folder in */; do
  folder=\${folder%/}
  [ -e "$folder/backup_manifest" ] || [ -e "$folder/backup_label" ] || continue
  printf 'folder %s\\n' "$folder"
  [ -r "$folder/PG_VERSION" ] && printf 'version %s\\n' "$(head -n 1 "$folder/PG_VERSION")"
  [ -e "$folder/backup_label" ] && { sed 's/^/label /' "$folder/backup_label" || exit 4; }
  [ -e "$folder/backup_manifest" ] || continue
  stat -c 'manifest %s %Y' "$folder/backup_manifest"
  awk '
    /"System-Identifier": [0-9]+/ && NR < 5 { match($0, /"System-Identifier": [0-9]+/); print "system " substr($0, RSTART + 21, RLENGTH - 21) }
    { rest = $0; while (!ranges && match(rest, /"Size": [0-9]+/)) { sum += substr(rest, RSTART + 8, RLENGTH - 8); rest = substr(rest, RSTART + RLENGTH) } }
    /"WAL-Ranges"/ { ranges = 1 }
    { rest = $0; while (ranges && match(rest, /"Timeline": [0-9]+, "Start-LSN": "[0-9A-F\\/]+", "End-LSN": "[0-9A-F\\/]+"/)) { print "range " substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH) } }
    /"Manifest-Checksum"/ { whole = 1 }
    END { if (whole) printf "bytes %.0f\\n", sum }
  ' "$folder/backup_manifest" || exit 4
done
echo end`;

/** The command line that lists a folder; the first argument of the script is `path`. */
export const listCommand = (path: string): readonly string[] => ["sh", "-c", SCRIPT, "sh", path];

/**
 * Reads what {@link listCommand} prints. Failures: `malformed` (another output, or one that was cut short: it ends with `end`). What the
 * script itself met is told by its exit code and its standard error.
 */
export function readListing(text: string, name: string): Result<BackupFacts> {
  const lines = text.split("\n").filter((line) => line !== "");
  if (lines.at(-1) !== "end" || !(lines[0] ?? "").match(/^(folder |end$)/)) {
    return { ok: false, failure: failureText("malformed", "not a list of base backups, or cut short") };
  }
  const backups: BackupRecord[] = [];
  let facts: string[] = [];
  for (const line of lines) {
    if (line.startsWith("folder ") || line === "end") {
      if (facts.length > 0) backups.push(backupOf(facts));
      facts = [];
    }
    facts.push(line);
  }
  return ok(toFacts(name, backups));
}

function backupOf(facts: readonly string[]): BackupRecord {
  const all = (word: string) =>
    facts.filter((line) => line.startsWith(`${word} `)).map((l) => l.slice(word.length + 1));
  const [folder = ""] = all("folder");
  const label = all("label");
  const [, seconds] = (all("manifest")[0] ?? "").split(" ");
  const manifest = manifestOf(all("bytes")[0], all("system")[0], all("range"));
  return toRecord(folder, label.length === 0 ? null : parseBackupLabel(label.join("\n")), manifest, {
    complete: manifest !== null,
    writtenAt: seconds === undefined ? null : instant(Number(seconds) * 1_000),
    version: all("version")[0]?.trim() || null,
  });
}

const RANGE = /"Timeline": (\d+), "Start-LSN": "([0-9A-F/]+)", "End-LSN": "([0-9A-F/]+)"/;

/** Null where the manifest was not written to its end. */
function manifestOf(bytes: string | undefined, system: string | undefined, told: readonly string[]): Manifest | null {
  if (bytes === undefined) return null;
  const ranges = told.map((range) => RANGE.exec(range));
  // Listed newest timeline first.
  const [newest, oldest] = [ranges.at(0), ranges.at(-1)];
  return {
    systemId: system ?? null,
    totalBytes: Number(bytes),
    lsnStart: lsn(oldest?.[2]),
    lsnStop: lsn(newest?.[3]),
    timeline: newest?.[1] === undefined ? null : Number(newest[1]),
  };
}
