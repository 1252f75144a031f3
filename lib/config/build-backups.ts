import type { z } from "zod";
import type { backupEntry } from "./backup-fields";
import type { KeyPath } from "./problem";
import type { Report, SecretReader } from "./secrets";
import type { BackupConfig } from "./types";

type Entry = z.output<typeof backupEntry>;
type Tools = { readonly report: Report; readonly secrets: SecretReader };

const MEGABYTE = 1024 * 1024;
const DEFAULT_FUNCTION = "matriarch.pgbackrest_info";

/** Where each tool can be asked; the first is the default. */
const VIAS: Readonly<Record<Entry["kind"], readonly [BackupConfig["via"], ...BackupConfig["via"][]]>> = {
  pgbackrest: ["sql", "command", "ssh"],
  "wal-g": ["command", "ssh"],
  barman: ["command", "ssh"],
  directory: ["directory", "command", "ssh"],
};

/** Keys that only some of the ways have a use for. */
const KEYS = {
  function: ["sql"],
  command: ["command", "ssh"],
  ssh: ["ssh"],
} as const satisfies Readonly<Record<string, readonly BackupConfig["via"][]>>;

/** Checks what one entry of `backups` makes of its `kind` and `via`, and fills in the usual command lines. */
export function buildBackup(
  entry: Entry,
  path: KeyPath,
  hasPostgres: boolean,
  { report, secrets }: Tools,
): BackupConfig {
  const via = entry.via ?? VIAS[entry.kind][0];
  checkTogether(entry, via, hasPostgres, path, report);
  const within = (file: string | undefined) => (file === undefined ? null : secrets.pathOf(file));
  return {
    name: entry.name ?? entry.kind,
    kind: entry.kind,
    via,
    stanza: entry.stanza ?? null,
    function: entry.function ?? DEFAULT_FUNCTION,
    command: entry.command ?? usualCommand(entry.kind, entry.stanza ?? null),
    ssh: entry.ssh
      ? {
          host: entry.ssh.host,
          user: entry.ssh.user ?? null,
          port: entry.ssh.port,
          identityFile: within(entry.ssh.identityFile),
          knownHostsFile: within(entry.ssh.knownHostsFile),
        }
      : null,
    // The path of a folder on another host is that host's business.
    path: via === "ssh" ? (entry.path ?? null) : within(entry.path),
    intervalMs: entry.interval,
    timeoutMs: entry.timeout,
    maxAgeMs: entry.maxAge,
    outputMaxBytes: entry.outputLimitMb * MEGABYTE,
  };
}

function checkTogether(
  entry: Entry,
  via: BackupConfig["via"],
  hasPostgres: boolean,
  path: KeyPath,
  report: Report,
): void {
  const vias = VIAS[entry.kind];
  if (!vias.includes(via)) report([...path, "via"], `${oneOfWords(vias)} for ${entry.kind}`, JSON.stringify(via));
  for (const [key, ways] of Object.entries(KEYS)) {
    const wanted = (ways as readonly string[]).includes(via);
    if (entry[key as keyof typeof KEYS] !== undefined && !wanted)
      report([...path, key], `nothing, since only via: ${ways.join(" and ")} has a use for it`, "something");
  }
  if (via === "sql" && !hasPostgres)
    report([...path, "via"], "postgres to be configured, for via: sql to go through", "no postgres");
  if (via === "ssh" && entry.ssh === undefined) report([...path, "ssh"], "a map with the host to ask", "nothing");
  if (entry.kind !== "directory" && entry.path !== undefined)
    report([...path, "path"], "nothing, since only kind: directory has a use for it", "something");
  if (entry.kind === "directory" && entry.path === undefined)
    report([...path, "path"], "the path of a folder that holds base backups", "nothing");
  if (entry.command?.length === 0) report([...path, "command"], "at least the program's name", "an empty list");
  if (entry.kind === "barman" && entry.stanza === undefined && entry.command === undefined)
    report([...path, "stanza"], "the name of a server of Barman", "nothing");
}

function usualCommand(kind: Entry["kind"], stanza: string | null): readonly string[] {
  switch (kind) {
    case "pgbackrest": {
      const of = stanza === null ? [] : [`--stanza=${stanza}`];
      return ["pgbackrest", ...of, "--output=json", "--log-level-console=off", "--log-level-file=off", "info"];
    }
    case "wal-g":
      return ["wal-g", "backup-list", "--detail", "--json"];
    case "barman":
      return ["barman", "-f", "json", "list-backups", stanza ?? "all"];
    case "directory":
      // The adapter brings a script of its own.
      return [];
  }
}

const oneOfWords = (words: readonly string[]): string =>
  words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}`;
