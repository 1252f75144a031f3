import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { LabError } from "./errors";
import { startTicks } from "./processes";
import { cleanEnv, type RunOptions, type RunResult, run, tail, until } from "./run";
import { type HostName, hostAddress, hostDir, hostNames, NETWORK, repositoryDir } from "./settings";
import { hostPid } from "./state";

/**
 * A host's first steps, as PID 1 of its own namespaces. Everything is mounted in the host's own mount
 * namespace and `tini` ends with it, so killing that one process takes the whole host away: nothing to
 * unmount, no link left. tini reaps the orphans that daemons leave.
 * The overlay is `volatile` (no fsync reaches the disk): a lab never outlives a crash of the machine,
 * and three etcd members and three PostgreSQLs on one disk are several times quicker for it.
 */
const BOOT = `set -eu
name=$1 tree=$2 dir=$3 repository=$4 hosts=$5
hostname "$name"
mount -t tmpfs tmpfs "$dir/root"
mkdir "$dir/root/merged"
options="lowerdir=$tree,upperdir=$dir/upper,workdir=$dir/work"
mount -t overlay overlay -o "$options,volatile" "$dir/root/merged" 2>/dev/null ||
  mount -t overlay overlay -o "$options" "$dir/root/merged"
cd "$dir/root/merged"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/shm dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
for node in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
  IFS=: read -r file major minor <<EOF
$node
EOF
  mknod -m 666 "dev/$file" c "$major" "$minor"
done
ln -s /proc/self/fd dev/fd; ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; ln -s fd/2 dev/stderr
mkdir -p var/log/lab var/lib/pgbackrest run/lab run/lock run/haproxy run/postgresql old
mount --bind "$dir/log" var/log/lab
mount --bind "$repository" var/lib/pgbackrest
chroot . chown postgres:postgres /run/postgresql /var/lib/pgbackrest /var/lib/postgresql /var/log/lab
chmod 2775 run/postgresql
chmod 1777 var/log/lab
printf '%s' "$hosts" > etc/hosts
printf '%s\\n' "$name" > etc/hostname
pivot_root . old
umount -l /old
rmdir /old
: > /run/lab/ready
exec tini -- sleep infinity
`;

/** Starts a host and waits until it can be entered. Its network is connected by the caller. */
export async function bootHost(host: HostName, tree: string): Promise<{ pid: number; startTicks: number }> {
  rmSync(hostDir(host), { recursive: true, force: true });
  for (const name of ["upper", "work", "root", "log"]) mkdirSync(hostDir(host, name), { recursive: true });
  mkdirSync(repositoryDir(), { recursive: true });
  const log = hostDir(host, "log", "boot.log");
  const child = spawnHost(host, tree, log);
  const pid = await until(
    `host ${host} to boot`,
    15_000,
    () => {
      if (child.exitCode !== null) throw new LabError("command-failed", `host ${host} did not boot\n${logTail(log)}`);
      const first = child.pid === undefined ? undefined : firstChild(child.pid);
      return first !== undefined && existsSync(`/proc/${first}/root/run/lab/ready`) ? first : undefined;
    },
    20,
  );
  child.unref();
  return { pid, startTicks: startTicks(pid) ?? 0 };
}

function spawnHost(host: HostName, tree: string, log: string): ChildProcess {
  const output = openSync(log, "a");
  const flags = ["--mount", "--uts", "--ipc", "--pid", "--net", "--fork", "--kill-child", "--propagation", "private"];
  const script = ["sh", "-c", BOOT, "boot", host, tree, hostDir(host), repositoryDir(), hostsFile()];
  const env = cleanEnv("host", { MATRIARCH_LAB_HOST: host });
  return spawn("unshare", [...flags, ...script], { env, detached: true, stdio: ["ignore", output, output] });
}

function firstChild(pid: number): number | undefined {
  try {
    const first = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0];
    return first ? Number(first) : undefined;
  } catch {
    return undefined;
  }
}

function hostsFile(): string {
  const lines = ["127.0.0.1 localhost", ...hostNames(7).map((name) => `${hostAddress(name)} ${name}`)];
  return `${[...lines, `${NETWORK.vip} pg-cluster-vip`].join("\n")}\n`;
}

/** The command line that enters a host. A pid file's number inside counts only there: signal from in here. */
export function enter(pid: number, argv: readonly string[]): string[] {
  return ["nsenter", "-t", String(pid), "-m", "-u", "-i", "-n", "-p", "--", ...argv];
}

/** The same command as another user, with that user's groups. */
export function asUser(user: string, argv: readonly string[]): string[] {
  return ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", ...argv];
}

/** Runs a command inside a host, as root. */
export function exec(host: HostName, argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run(enter(hostPid(host), argv), { ...options, env: { MATRIARCH_LAB_HOST: host, ...options.env } });
}

/** Runs a command inside a host as the `postgres` user. */
export function execAsPostgres(host: HostName, argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return exec(host, asUser("postgres", argv), { ...options, env: { HOME: "/var/lib/postgresql", ...options.env } });
}

/** Path, in the root namespace, of a file inside a host. Sockets can be connected to through it. */
export function insidePath(host: HostName, file: string): string {
  return `/proc/${hostPid(host)}/root${file}`;
}

export function logFile(host: HostName, name: string): string {
  return hostDir(host, "log", `${name}.log`);
}

/** Last lines of a log, for the message of a failed wait. */
export function logTail(file: string, lines = 15): string {
  try {
    return `--- ${file}\n${tail(readFileSync(file, "utf8"), lines)}`;
  } catch {
    return `--- ${file}: no log`;
  }
}
