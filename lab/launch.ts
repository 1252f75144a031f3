import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LabError } from "./errors";
import { exec, insidePath } from "./host";
import { RELAYS } from "./probes/relay";
import { configFiles, launchOf } from "./services/index";
import type { Plan } from "./services/plan";
import { type HostName, PORTS, type ServiceName } from "./settings";
import { type ClusterState, readCluster } from "./state";
import { treePath } from "./tree";

/** What the templates need to know, out of the lab's state and its tree. */
export function planOf(state: ClusterState = readCluster()): Plan {
  const versions = readdirSync(path.join(treePath(state.release), "usr/lib/postgresql"));
  const postgresMajor = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (postgresMajor === undefined) throw new LabError("missing", `no PostgreSQL in the ${state.release} tree`);
  return { hosts: state.hosts, timing: state.timing, credentials: state.credentials, postgresMajor };
}

/** Puts all configuration into a host. Files are made unreadable to others first, then given their owner. */
export async function writeConfig(host: HostName, plan: Plan): Promise<void> {
  const files = configFiles(host, plan);
  for (const file of files) {
    mkdirSync(path.dirname(insidePath(host, file.path)), { recursive: true });
    writeFileSync(insidePath(host, file.path), file.text, { mode: 0o600 });
  }
  const rights = files.map((file) => `chown ${file.owner} ${file.path} && chmod ${file.mode} ${file.path}`);
  const folders = `install -d -o etcd -g etcd -m 700 /var/lib/etcd /var/lib/etcd/lab
install -d -o postgres -g postgres -m 750 /var/lib/postgresql/${plan.postgresMajor}`;
  await exec(host, ["sh", "-ec", `${rights.join("\n")}\n${folders}`]);
}

/**
 * Detaches the service inside its host: `setsid` and the shell's exit leave it to the host's first
 * process, as a system manager would. Nothing restarts it when it dies; tests need dead to stay dead.
 */
const DETACH = `ulimit -n 65536 2>/dev/null
cd /
log=$1 user=$2; shift 2
if [ "$user" = root ]; then set -- "$@"; else set -- setpriv --reuid="$user" --regid="$user" --init-groups "$@"; fi
setsid "$@" < /dev/null >> "/var/log/lab/$log.log" 2>&1 &
`;

export async function startService(service: ServiceName, host: HostName, plan: Plan): Promise<void> {
  const launch = launchOf(service, host, plan);
  if (launch === null) throw new LabError("usage", `${service} cannot be started by itself on ${host}`);
  const home = launch.user === "postgres" ? "/var/lib/postgresql" : "/root";
  await exec(host, ["sh", "-c", DETACH, "detach", service, launch.user, ...launch.argv], { env: { HOME: home } });
}

/** Opens the unix sockets that truth asks through; see `RELAYS`. */
export async function startRelays(host: HostName): Promise<void> {
  const ports = { etcd: PORTS.etcdClient, patroni: PORTS.patroni };
  for (const name of ["etcd", "patroni"] as const) {
    const listen = `UNIX-LISTEN:${RELAYS[name]},fork,unlink-early`;
    const target = `TCP:127.0.0.1:${ports[name]},connect-timeout=1`;
    await exec(host, ["sh", "-c", DETACH, "detach", "relay", "root", "socat", "-T10", listen, target]);
  }
}

/** A command of the shared tree, run from outside any host; the tree itself is only read. */
export function inTree(release: ClusterState["release"], argv: readonly string[]): string[] {
  return ["chroot", treePath(release), ...argv];
}
