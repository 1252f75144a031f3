import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { hostMirror } from "./mirror";
import { ensureCommands } from "./requirements";
import { run, tail } from "./run";
import { cacheDir, type Release } from "./settings";

/** Patroni's etcd3 module imports python-etcd, which its package names only as one of several alternatives. */
const PACKAGES = [
  "postgresql",
  "patroni",
  "python3-etcd",
  "etcd-server",
  "etcd-client",
  "haproxy",
  "keepalived",
  "pgbouncer",
  "pgbackrest",
  "barman",
  "prometheus-postgres-exporter",
  "iproute2",
  "iputils-ping",
  "curl",
  "procps",
  "socat",
  "tini",
];

/**
 * Runs inside `unshare`: its mounts live in a namespace of its own, so a build that is killed leaves
 * no mount behind, only a folder with a temporary name.
 * `policy-rc.d` keeps packages from starting services, `create_main_cluster` keeps Debian's PostgreSQL
 * from making the `main` cluster that Patroni would trip over; the trees of older packages that make it
 * all the same are swept afterwards.
 */
const RECIPE = `set -eu
tree=$1 release=$2 mirror=$3 debs=$4; shift 4
mkdir -p "$debs/boot" "$debs/apt/partial"
debootstrap --variant=minbase --cache-dir="$debs/boot" "$release" "$tree" "$mirror"
printf '#!/bin/sh\\nexit 101\\n' > "$tree/usr/sbin/policy-rc.d"
chmod 755 "$tree/usr/sbin/policy-rc.d"
cp /etc/resolv.conf "$tree/etc/resolv.conf"
mkdir -p "$tree/etc/postgresql-common" "$tree/etc/dpkg/dpkg.cfg.d"
printf 'create_main_cluster = false\\n' > "$tree/etc/postgresql-common/createcluster.conf"
printf 'force-unsafe-io\\npath-exclude=/usr/share/man/*\\npath-exclude=/usr/share/doc/*\\npath-exclude=/usr/share/locale/*\\n' \\
  > "$tree/etc/dpkg/dpkg.cfg.d/lab"
printf 'Acquire::Languages "none";\\nAcquire::Check-Valid-Until "false";\\n' > "$tree/etc/apt/apt.conf.d/90lab"
mount -t proc proc "$tree/proc"
mount --bind "$debs/apt" "$tree/var/cache/apt/archives"
export DEBIAN_FRONTEND=noninteractive
chroot "$tree" apt-get -q update
chroot "$tree" apt-get -q install -y --no-install-recommends "$@"
umount "$tree/var/cache/apt/archives" "$tree/proc"
rm -rf "$tree"/var/lib/apt/lists/* "$tree"/var/lib/postgresql/* "$tree"/etc/postgresql/* "$tree/etc/pgbackrest.conf"
rm -f "$tree"/var/cache/apt/*.bin "$tree"/etc/resolv.conf
`;

const KEY = createHash("sha256").update(RECIPE).update(PACKAGES.join(" ")).digest("hex").slice(0, 12);

/** Folder of the finished tree; it exists only when the build came to its end. */
export function treePath(release: Release): string {
  return path.join(cacheDir(), `tree-${release}-${KEY}`);
}

export interface TreeResult {
  path: string;
  built: boolean;
  seconds: number;
}

/** The Debian tree all hosts share as their lower layer, built once per release and recipe. */
export async function ensureTree(
  release: Release,
  onLine: (line: string) => void = () => undefined,
): Promise<TreeResult> {
  const target = treePath(release);
  if (existsSync(target)) return { path: target, built: false, seconds: 0 };
  await ensureCommands(["debootstrap"]);
  const started = Date.now();
  const temporary = `${target}.building-${process.pid}`;
  mkdirSync(cacheDir(), { recursive: true, mode: 0o755 });
  dropUnfinished();
  const debs = path.join(cacheDir(), "debs", release);
  const recent: string[] = [];
  try {
    await run(
      [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--propagation",
        "private",
        "sh",
        "-c",
        RECIPE,
        "tree",
      ].concat([temporary, release, hostMirror(), debs], PACKAGES),
      {
        role: "tree",
        deadlineMs: 20 * 60_000,
        env: proxyEnv(),
        onLine: (line) => {
          recent.push(line);
          if (/^I: (Extracting|Installing core|Configuring|Base system)|^Unpacking postgres|newly installed/.test(line))
            onLine(line);
        },
      },
    );
  } catch (error) {
    throw Object.assign(error as Error, { message: `${(error as Error).message}\n${tail(recent.join("\n"), 12)}` });
  }
  renameSync(temporary, target);
  return { path: target, built: true, seconds: (Date.now() - started) / 1000 };
}

/** Removes builds that never came to their end. The caller holds the lab's lock, so none is in use. */
export function dropUnfinished(): void {
  if (!existsSync(cacheDir())) return;
  for (const name of readdirSync(cacheDir())) {
    const full = path.join(cacheDir(), name);
    if (name.includes(".building-") && statSync(full).isDirectory()) rmSync(full, { recursive: true, force: true });
  }
}

function proxyEnv(): Record<string, string> {
  const names = ["http_proxy", "https_proxy", "no_proxy"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
