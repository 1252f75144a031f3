import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  editFile,
  ensureStoreHost,
  exec,
  execAsPostgres,
  type HostName,
  hostAddress,
  NETWORK,
  PORTS,
  reloadService,
  service,
} from "@/lab/index";
import { until } from "../../support/until";
import { type Fault, nothingMore, type Repair } from "../fault";
import { type Scene, untilTruth } from "../scene";
import { because, NO_WRITER } from "./reasons";

const HAPROXY_CFG = "/etc/haproxy/haproxy.cfg";
const PGBOUNCER_INI = "/etc/pgbouncer/pgbouncer.ini";
const VIP = `${NETWORK.vip}/${NETWORK.prefixLength}`;

/** HAProxy of one host with another configuration; the files are put back with the scene. */
async function miswired(host: HostName, edit: (text: string) => string): Promise<Repair> {
  editFile(host, HAPROXY_CFG, edit);
  await reloadService(host, "haproxy");
  return nothingMore;
}

/** One section, from `listen NAME` to the next `listen`, rewritten. */
export const inPool = (pool: string, edit: (section: string) => string) => (text: string) =>
  text.replace(new RegExp(`listen ${pool}\\n[\\s\\S]*?(?=\\nlisten |$)`), edit);

const write = (edit: (section: string) => string) => inPool("postgres_master", edit);
const read = (edit: (section: string) => string) => inPool("postgres_replicas", edit);

/** One command to HAProxy's own socket on a host. */
export const runtime = (host: HostName, command: string) =>
  exec(host, ["sh", "-c", `echo '${command}' | socat - UNIX-CONNECT:/run/haproxy/admin.sock`]);

const setVip = (host: HostName, verb: "add" | "del") =>
  exec(host, ["ip", "addr", verb, VIP, "dev", "eth0"], { allowFailure: true });

/** As a gratuitous ARP would: whoever knew the address's old place asks anew. */
const forgetPlace = () => promisify(execFile)("ip", ["neigh", "flush", "to", NETWORK.vip]).catch(() => undefined);

async function withoutKeepalived({ hosts }: Scene): Promise<void> {
  await Promise.all(hosts.map((host) => service("stop", host, "keepalived")));
  await untilTruth(({ vipHolders }) => vipHolders.length === 0, { deadlineMs: 20_000, what: "no VIP" });
}

const dropEverywhere =
  ({ hosts }: Scene): Repair =>
  async () => {
    await Promise.all(hosts.map((host) => setVip(host, "del")));
  };

const MISROUTED = [
  ...because("one HAProxy sends elsewhere than the others", "haproxy-disagree", "write-path", "witness-disagrees"),
];
const ONE_SIDED = because("one HAProxy sees this pool otherwise than the others", "haproxy-disagree");

export const ROUTING_FAULTS: readonly Fault[] = [
  {
    name: "read-check-on-root",
    what: "the read pool of one HAProxy checks `/` instead of `/replica`",
    expect: ["read-pool-leader-only"],
    allow: ONE_SIDED,
    inject: ({ replica }) =>
      miswired(
        replica,
        read((text) => text.replace("uri /replica", "uri /")),
      ),
  },
  {
    name: "write-check-on-health",
    what: "the write pool of one HAProxy checks `/health`: every running server is up in it",
    expect: ["write-pool-replica", "write-pool-several"],
    allow: MISROUTED,
    inject: ({ replica }) =>
      miswired(
        replica,
        write((text) => text.replace("uri /primary", "uri /health")),
      ),
  },
  {
    name: "write-check-on-replica",
    what: "the write pool of one HAProxy checks `/replica`: everybody but the leader is up in it",
    expect: ["write-pool-lacks-leader"],
    allow: [...MISROUTED, ...because("both replicas are up in it", "write-pool-replica", "write-pool-several")],
    inject: ({ replica }) =>
      miswired(
        replica,
        write((text) => text.replace("uri /primary", "uri /replica")),
      ),
  },
  {
    name: "write-check-on-port",
    what: "the write pool of one HAProxy checks that a port is open, and asks nobody for a role",
    expect: ["check-not-role"],
    allow: [...MISROUTED, ...because("every open port is up", "write-pool-replica", "write-pool-several")],
    inject: ({ replica }) =>
      miswired(
        replica,
        write((text) => text.replace(/ {4}option httpchk\n| {4}http-check .*\n/g, "")),
      ),
  },
  {
    name: "write-pool-in-maintenance",
    what: "the leader is taken out of one HAProxy's write pool by hand",
    expect: ["write-pool-empty"],
    allow: [...ONE_SIDED, ...MISROUTED],
    async inject({ replica, leader }) {
      await runtime(replica, `set server postgres_master/${leader} state maint`);
      return nothingMore;
    },
  },
  {
    name: "read-pool-in-maintenance",
    what: "both replicas are taken out of one HAProxy's read pool by hand, and forgotten",
    limits: { forgotten: "5s" },
    expect: ["read-pool-empty", "maintenance-forgotten"],
    allow: ONE_SIDED,
    async inject({ replica, other }) {
      for (const server of [replica, other])
        await runtime(replica, `set server postgres_replicas/${server} state maint`);
      return nothingMore;
    },
  },
  {
    name: "stranger-in-write-pool",
    what: "a server that is no member takes writes in one HAProxy's write pool",
    expect: ["pool-stranger"],
    allow: [
      ...MISROUTED,
      ...because("it is up beside the leader", "write-pool-several"),
      ...because("nobody checks it", "check-not-role"),
    ],
    async inject({ replica }) {
      const { hostname, port } = new URL(await ensureStoreHost());
      // Patroni's port is not open there: unchecked, as a line copied in haste.
      return miswired(
        replica,
        write((text) => `${text.trimEnd()}\n    server stray ${hostname}:${port}\n`),
      );
    },
  },
  {
    name: "vip-on-replica",
    what: "Keepalived is off, and the VIP stands on a replica's host",
    expect: ["vip-misplaced"],
    allow: [
      ...NO_WRITER,
      ...because("it is nowhere before it is there", "source-silent:vip:*"),
      ...because("it came by hand and goes back", "vip-flapping"),
    ],
    async inject(scene) {
      await withoutKeepalived(scene);
      await setVip(scene.replica, "add");
      await forgetPlace();
      return dropEverywhere(scene);
    },
  },
  {
    name: "vip-on-two-hosts",
    what: "somebody adds the VIP by hand on a replica, and two hosts answer for it",
    expect: ["vip-several"],
    lingers: ["vip-flapping"],
    allow: [
      ...NO_WRITER,
      ...because("whoever spoke last has the address, so it moves", "vip-flapping"),
      ...because("a connection breaks when the address moves", "source-silent:vip:*"),
    ],
    async inject({ replica }) {
      await setVip(replica, "add");
      await untilTruth(({ vipHolders }) => vipHolders.length > 1, { deadlineMs: 20_000, what: "two holders" });
      return async () => void (await setVip(replica, "del"));
    },
  },
  {
    name: "vip-flapping",
    what: "the VIP moves from host to host, four times in a row",
    expect: ["vip-flapping"],
    allow: [...NO_WRITER, ...because("it is nowhere on its way", "source-silent:vip:*")],
    // It is told for as long as the moves lie within ten minutes.
    lingers: ["vip-flapping"],
    async inject(scene) {
      await withoutKeepalived(scene);
      const { leader, replica, other } = scene;
      let at: HostName = leader;
      for (const next of [leader, replica, other, replica, leader]) {
        await setVip(at, "del");
        await setVip(next, "add");
        await forgetPlace();
        at = next;
        const end = Date.now() + 4_000;
        await until(() => (Date.now() > end ? true : undefined), { deadlineMs: 8_000, what: "it to be seen there" });
      }
      return dropEverywhere(scene);
    },
  },
  {
    name: "pgbouncer-elsewhere",
    what: "PgBouncer beside the leader sends its sessions to a replica's PostgreSQL",
    expect: ["pgbouncer-elsewhere", "client-read-only"],
    allow: NO_WRITER,
    async inject({ leader, replica }) {
      editFile(leader, PGBOUNCER_INI, (text) => text.replaceAll("host=127.0.0.1", `host=${hostAddress(replica)}`));
      await reloadService(leader, "pgbouncer");
      await pgbouncerConsole(leader, "RECONNECT");
      return async () => {
        editFile(leader, PGBOUNCER_INI, (text) => text.replaceAll(`host=${hostAddress(replica)}`, "host=127.0.0.1"));
        await reloadService(leader, "pgbouncer");
        await pgbouncerConsole(leader, "RECONNECT");
      };
    },
  },
  {
    name: "pgbouncer-paused",
    what: "PgBouncer beside the leader is paused, and forgotten",
    limits: { forgotten: "5s" },
    expect: ["maintenance-forgotten", "client-cut-off"],
    allow: [
      ...NO_WRITER,
      ...because("its clients wait", "pgbouncer-waiting", "pgbouncer-exhausted", "pgbouncer-login"),
    ],
    async inject({ leader }) {
      await pgbouncerConsole(leader, "PAUSE");
      return nothingMore;
    },
  },
  {
    name: "pgbouncer-exhausted",
    what: "thirty-six clients hold every server connection of a pool of thirty, the rest wait",
    limits: { pgbouncerHold: "3s", pgbouncerWait: "500ms" },
    expect: ["pgbouncer-exhausted", "pgbouncer-waiting"],
    allow: because("they hold their transactions open", "idle-in-transaction", "long-transaction"),
    showWithinMs: 60_000,
    async inject({ leader, session }) {
      const sessions = await Promise.all(Array.from({ length: 36 }, () => session(leader, PORTS.pgbouncer)));
      for (const client of sessions) client.query("SELECT pg_sleep(120)").catch(() => undefined);
      return async () => {
        for (const client of sessions) client.connection.stream.destroy();
      };
    },
  },
];

/** Without waiting for an answer: PAUSE gives none before every session has ended its transaction. */
export async function pgbouncerConsole(host: HostName, command: string): Promise<void> {
  const argv = ["psql", "-X", "-w", "-p", String(PORTS.pgbouncer), "-U", "pgbouncer", "-d", "pgbouncer", "-c", command];
  await execAsPostgres(host, argv, { allowFailure: true, deadlineMs: 5_000 }).catch(() => undefined);
}
