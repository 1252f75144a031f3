import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Client } from "pg";
import { callPatroni, editFile, exec, type HostName, insidePath, reloadService, SCOPE } from "@/lab/index";
import { holdBackup, makeBackup } from "../../support/pgbackrest";
import { until } from "../../support/until";
import type { Fault, Repair } from "../fault";
import { because } from "./reasons";

const quiet = (asked: Promise<unknown>): void => void asked.catch(() => undefined);
const endAll =
  (sessions: readonly Client[]): Repair =>
  async () => {
    for (const session of sessions) session.connection.stream.destroy();
  };
const PATRONI_YML = "/etc/patroni/patroni.yml";
const PGBACKREST = { kind: "pgbackrest", stanza: SCOPE, via: "sql" };
const OPEN = because("a transaction stays open for it", "long-transaction", "idle-in-transaction");

/** PostgreSQL itself, its backups, and what it runs on. */
export const SERVER_FAULTS: readonly Fault[] = [
  {
    name: "archive-broken",
    what: "archive_command fails",
    expect: ["archiving"],
    allow: because("the newest WAL is not in the repository", "backup"),
    showWithinMs: 60_000,
    clearWithinMs: 120_000,
    async inject({ leader, configure, sql, writeWal }) {
      const command = await sql(leader, "SHOW archive_command");
      const set = (value: string) => ({ postgresql: { parameters: { archive_command: value } } });
      const undo = await configure(set("false"), set(command));
      await until(async () => ((await sql(leader, "SHOW archive_command")) === "false" ? true : undefined), {
        deadlineMs: 20_000,
        what: "the setting to be in force",
        everyMs: 250,
      });
      await writeWal(1);
      await sql(leader, "SELECT pg_switch_wal()");
      return async () => {
        await undo();
        await until(async () => ((await sql(leader, "SHOW archive_command")) === command ? true : undefined), {
          deadlineMs: 20_000,
          what: "the setting to be in force",
          everyMs: 250,
        });
        // The archiver waits up to a minute after three failures, unless it is started anew.
        await sql(leader, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'archiver'");
        await writeWal(1);
        await sql(leader, "SELECT pg_switch_wal()");
      };
    },
  },
  {
    name: "long-transaction",
    what: "a query runs for longer than allowed",
    limits: { transactionWarn: "5s" },
    expect: ["long-transaction"],
    async inject({ leader, session }) {
      const client = await session(leader);
      quiet(client.query("SELECT pg_sleep(120)"));
      return endAll([client]);
    },
  },
  {
    name: "idle-in-transaction",
    what: "a session stays idle in its transaction",
    limits: { idleInTransaction: "5s" },
    expect: ["idle-in-transaction"],
    allow: OPEN,
    async inject({ leader, session }) {
      const client = await session(leader);
      await client.query("BEGIN");
      await client.query("SELECT txid_current()");
      return endAll([client]);
    },
  },
  {
    name: "blocked-chain",
    what: "three sessions wait for a lock that a fourth holds",
    limits: { blocked: "3s" },
    expect: ["blocked-chain"],
    allow: OPEN,
    async inject({ leader, session }) {
      const holder = await session(leader);
      await holder.query("BEGIN");
      await holder.query("SELECT pg_advisory_xact_lock(4711)");
      const waiting = await Promise.all([1, 2, 3].map(() => session(leader)));
      for (const client of waiting) quiet(client.query("SELECT pg_advisory_lock(4711)"));
      return endAll([...waiting, holder]);
    },
  },
  {
    name: "connections-near-limit",
    what: "sixty sessions of two hundred are open, with the limit at 30 %",
    limits: { connectionsWarnPercent: 30, connectionsCriticalPercent: 90 },
    expect: ["connections-near-limit"],
    async inject({ leader, session }) {
      const sessions: Client[] = [];
      for (let i = 0; i < 70; i += 1) sessions.push(await session(leader));
      return endAll(sessions);
    },
  },
  {
    name: "pending-restart",
    what: "max_connections is raised, which waits for a restart",
    expect: ["pending-restart"],
    async inject({ configure }) {
      const set = (max: number) => ({ postgresql: { parameters: { max_connections: max } } });
      return configure(set(210), set(200));
    },
  },
  {
    name: "settings-differ",
    what: "a replica has other shared_buffers than the rest",
    expect: ["settings-differ"],
    allow: because(
      "it is restarted for it",
      "source-silent",
      "receiver-stopped",
      "pending-restart",
      "slot-inactive",
      "haproxy-disagree",
    ),
    // It holds for two minutes: members are restarted one after the other.
    showWithinMs: 170_000,
    clearWithinMs: 90_000,
    async inject({ replica, sql, begin }) {
      const own = (text: string) => text.replace(/(\n {2}parameters:\n)/, "$1    shared_buffers: 32MB\n");
      const usual = await sql(replica, "SHOW shared_buffers");
      editFile(replica, PATRONI_YML, own);
      await reloadService(replica, "patroni");
      await restartWith(replica, "32MB");
      begin();
      return async () => {
        editFile(replica, PATRONI_YML, (text) => text.replace("    shared_buffers: 32MB\n", ""));
        await reloadService(replica, "patroni");
        await restartWith(replica, usual);
      };
    },
  },
  {
    name: "certificate-expired",
    what: "PgBouncer beside a replica shows a certificate that ended yesterday",
    expect: ["certificate-ends"],
    looksAfter: true,
    clearWithinMs: 60_000,
    // It is looked at at the start and then hourly, so nobody waits for it to go.
    lingers: ["certificate-ends"],
    async inject({ replica }) {
      await makeExpired(replica);
      const tls = `client_tls_sslmode = allow\nclient_tls_key_file = ${KEY}\nclient_tls_cert_file = ${CERT}\n`;
      editFile(replica, "/etc/pgbouncer/pgbouncer.ini", (text) => text + tls);
      await reloadService(replica, "pgbouncer");
      return async () => undefined;
    },
  },
  {
    name: "backup-failed",
    what: "a backup is killed in the middle of its copying",
    cluster: { backups: [{ ...PGBACKREST, interval: "10s" }] },
    expect: ["backup:*failed"],
    allow: because("a backup was broken off", "backup"),
    showWithinMs: 60_000,
    clearWithinMs: 90_000,
    async inject({ leader, begin }) {
      const held = await holdBackup(leader);
      // It must have been seen running.
      const end = Date.now() + 14_000;
      await until(() => (Date.now() > end ? true : undefined), { deadlineMs: 20_000, what: "it to be seen running" });
      begin();
      await held.kill();
      return async () => {
        await makeBackup(leader, "incr");
      };
    },
  },
  {
    name: "backup-too-old",
    what: "the newest backup is older than allowed",
    cluster: { backups: [{ ...PGBACKREST, interval: "5s", maxAge: "1m" }] },
    expect: ["backup:*too-old"],
    // It is so before anything is done: the lab's backup is as old as the lab.
    isSoAlready: true,
    // A backup of the row before may have to grow old first.
    showWithinMs: 90_000,
    async inject({ leader }) {
      return async () => {
        await makeBackup(leader, "incr");
      };
    },
  },
  {
    name: "checksum-failure",
    what: "a page of a replica's table is damaged on its disk, and read",
    expect: ["checksum-failures"],
    // The counter stays until the statistics are reset, which the repair does.
    clearWithinMs: 60_000,
    async inject({ leader, replica, sql, begin }) {
      await sql(
        leader,
        "CREATE TABLE fault_page AS SELECT repeat('x', 600) AS t FROM generate_series(1, 200)",
        "bench",
      );
      const lsn = await sql(leader, "SELECT pg_current_wal_lsn()");
      await sql(leader, "CHECKPOINT");
      await until(
        async () => ((await sql(replica, `SELECT pg_last_wal_replay_lsn() >= '${lsn}'`)) === "t" ? true : undefined),
        {
          deadlineMs: 20_000,
          what: "the table to reach the replica",
          everyMs: 250,
        },
      );
      const file = await sql(
        replica,
        "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('fault_page')",
        "bench",
      );
      await sql(replica, "CHECKPOINT");
      await restart(replica);
      await exec(replica, ["dd", "if=/dev/urandom", `of=${file}`, "bs=1", "seek=4000", "count=64", "conv=notrunc"]);
      begin();
      await sql(replica, "SELECT count(t) FROM fault_page", "bench").catch(() => undefined);
      return async () => {
        await sql(leader, "DROP TABLE fault_page", "bench");
        for (const database of ["bench", "postgres"]) await sql(replica, "SELECT pg_stat_reset()", database);
      };
    },
  },
];

const KEY = "/etc/pgbouncer/fault.key";
const CERT = "/etc/pgbouncer/fault.crt";

async function makeExpired(host: HostName): Promise<void> {
  const [key, cert, request] = [KEY, CERT, `${CERT}.request`].map((file) => insidePath(host, file)) as [
    string,
    string,
    string,
  ];
  const openssl = promisify(execFile);
  await openssl("openssl", [
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    key,
    "-out",
    request,
    "-subj",
    `/CN=${host}`,
  ]);
  await openssl("openssl", ["x509", "-req", "-in", request, "-signkey", key, "-days", "-1", "-out", cert]);
  await exec(host, ["chown", "postgres:postgres", KEY, CERT]);
}

/** PostgreSQL of one host through its own Patroni, until it runs again. */
async function restart(host: HostName): Promise<void> {
  const { status, text } = await callPatroni(host, "POST", "/restart", {}, 60_000);
  if (status !== 200) throw new Error(`restart of ${host}: ${status} ${text}`);
}

/** The same, once its Patroni has written `shared_buffers` down for PostgreSQL: to a reload it says "scheduled" and does it later. */
async function restartWith(host: HostName, sharedBuffers: string): Promise<void> {
  const conf = "/var/lib/postgresql/*/main/postgresql.conf";
  const written = async () => {
    const { stdout } = await exec(host, ["sh", "-c", `grep -h ^shared_buffers ${conf}`]);
    return stdout.includes(`'${sharedBuffers}'`) ? true : undefined;
  };
  await until(written, { deadlineMs: 30_000, what: `${sharedBuffers} in ${host}'s postgresql.conf`, everyMs: 250 });
  await restart(host);
}
