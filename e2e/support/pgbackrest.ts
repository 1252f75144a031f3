import { execAsPostgres, type HostName, SCOPE } from "@/lab/index";
import { until } from "./until";

/** What `pgbackrest info` itself says of a backup, read without any code of ours. */
export type TrueBackup = {
  readonly label: string;
  readonly type: "full" | "diff" | "incr";
  readonly prior: string | null;
  readonly reference: readonly string[] | null;
  readonly timestamp: { readonly start: number; readonly stop: number };
  readonly archive: { readonly start: string; readonly stop: string };
  readonly lsn: { readonly start: string; readonly stop: string };
  readonly info: {
    readonly size: number;
    readonly delta: number;
    readonly repository: { readonly size: number; readonly delta: number };
  };
  readonly error: boolean;
};

type TrueInfo = {
  readonly status: { readonly lock: { readonly backup: { readonly held: boolean; readonly size?: number } } };
  readonly backup: readonly TrueBackup[];
};

const STANZA = `--stanza=${SCOPE}`;

export async function readInfo(host: HostName): Promise<TrueInfo> {
  const args = ["--output=json", "--log-level-console=off", "info"];
  const { stdout } = await execAsPostgres(host, ["pgbackrest", STANZA, ...args]);
  const [stanza] = JSON.parse(stdout) as TrueInfo[];
  if (!stanza) throw new Error("pgbackrest info knows no stanza");
  return stanza;
}

/** Makes a backup on the host that leads, and returns what `info` then says of it. */
export async function makeBackup(host: HostName, type: TrueBackup["type"]): Promise<TrueBackup> {
  const before = new Set((await readInfo(host)).backup.map((backup) => backup.label));
  await execAsPostgres(host, ["pgbackrest", STANZA, `--type=${type}`, "backup"], { deadlineMs: 60_000 });
  const made = (await readInfo(host)).backup.find((backup) => !before.has(backup.label));
  if (!made) throw new Error(`no ${type} backup came of it`);
  return made;
}

/**
 * Begins a full backup and holds it still in the middle of its copying, so that it can be looked at. `kill` ends it without a word, as
 * the kernel would for want of memory.
 */
export async function holdBackup(host: HostName): Promise<{ kill(): Promise<void> }> {
  const command = `pgbackrest ${STANZA} --type=full --no-resume --compress-level=9 backup`;
  // A session of its own: its group can be stopped and killed as one. In the background, since whoever entered the host for us
  // would stop with a child that stops.
  const argv = ["sh", "-c", `setsid sh -c 'echo $$ >${GROUP_FILE}; exec ${command}' & wait`];
  const ended = execAsPostgres(host, argv, { deadlineMs: 120_000, allowFailure: true });
  const signal = (name: string) => execAsPostgres(host, ["bash", "-c", `kill -s ${name} -- -$(cat ${GROUP_FILE})`]);
  await until(async () => ((await readInfo(host)).status.lock.backup.size !== undefined ? true : undefined), {
    deadlineMs: 30_000,
    what: "the backup to copy",
    everyMs: 10,
  });
  await signal("STOP");
  const { status } = await readInfo(host);
  if (!status.lock.backup.held) throw new Error("the backup was over before it could be held");
  return {
    async kill() {
      await signal("KILL");
      await ended;
    },
  };
}

const GROUP_FILE = "/tmp/matriarch-e2e-backup.pid";
