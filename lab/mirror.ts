import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { LabError } from "./errors";

/**
 * Where this machine's apt gets Debian from, so that a lab behind a private mirror needs no option. `MATRIARCH_LAB_MIRROR` wins,
 * for machines of another kind.
 */
export function hostMirror(aptDir = "/etc/apt"): string {
  const { MATRIARCH_LAB_MIRROR: wanted } = process.env;
  if (wanted) return trimmed(wanted);
  for (const file of sourceFiles(aptDir)) {
    const mirror = file.endsWith(".sources") ? mirrorFromDeb822(read(file)) : mirrorFromList(read(file));
    if (mirror !== null) return mirror;
  }
  throw new LabError(
    "missing",
    `no Debian archive is named in ${aptDir}: set MATRIARCH_LAB_MIRROR to the address of one (it ends in /debian)`,
  );
}

function sourceFiles(aptDir: string): string[] {
  const parts = path.join(aptDir, "sources.list.d");
  let names: string[] = [];
  try {
    names = readdirSync(parts).sort();
  } catch {
    // No such folder: the single file below is all there is.
  }
  const own = names.filter((name) => name.endsWith(".sources") || name.endsWith(".list"));
  return [path.join(aptDir, "sources.list"), ...own.map((name) => path.join(parts, name))];
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** First Debian archive of a one-line-style list; other vendors' lines and the security archive are passed over. */
export function mirrorFromList(text: string): string | null {
  for (const line of text.split("\n")) {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line);
    if (match?.[1] !== undefined && isDebianArchive(match[1])) return trimmed(match[1]);
  }
  return null;
}

/** First Debian archive of a deb822 file. */
export function mirrorFromDeb822(text: string): string | null {
  for (const stanza of text.split(/\n\s*\n/)) {
    if (/^Enabled:\s*no/im.test(stanza)) continue;
    const uris = /^URIs:\s*(.+)$/im.exec(stanza)?.[1] ?? "";
    const found = uris.split(/\s+/).find(isDebianArchive);
    if (found !== undefined) return trimmed(found);
  }
  return null;
}

function isDebianArchive(uri: string): boolean {
  return /^https?:\/\//.test(uri) && /\/debian\/?$/.test(uri);
}

function trimmed(uri: string): string {
  return uri.replace(/\/$/, "");
}
