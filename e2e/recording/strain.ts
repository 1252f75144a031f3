import { callPatroni, PORTS, service } from "@/lab/index";
import { nothingMore } from "../matrix/fault";
import { pgbouncerConsole, runtime } from "../matrix/faults/routing";
import { holdBackup } from "../support/pgbackrest";
import { freezeWalReceiver } from "../support/wal-receiver";
import { finds, type Moment, memberOf, type Recording, type Stage } from "./recording";

const SLOT = "left_behind";
const LAGGING_BYTES = 8 * 1024 * 1024;

async function sessions({ leader, session }: Stage, count: number, statement: string): Promise<void> {
  const made = await Promise.all(Array.from({ length: count }, () => session(leader)));
  for (const client of made) client.query(statement).catch(() => undefined);
}

const behind = (bytes: number | null | undefined): boolean => (bytes ?? 0) > LAGGING_BYTES;

/** A cluster that serves, under more and more strain: what somebody took out and forgot, what fills up, what hangs. */
const MOMENTS: readonly Moment[] = [
  {
    name: "backup-running",
    what: "a full backup is being taken",
    async first({ leader }, undo) {
      const held = await holdBackup(leader);
      undo(() => held.kill());
    },
    when: ({ backups }) => backups.sources.some(({ running }) => running !== null),
    withinMs: 30_000,
  },
  {
    name: "slot-and-archive",
    what: "archive_command fails, and a slot is left behind that nobody reads",
    async first({ leader, configure, sql, writeWal }, undo) {
      const command = await sql(leader, "SHOW archive_command");
      const set = (value: string) => ({ postgresql: { parameters: { archive_command: value } } });
      const more = { ignore_slots: [{ name: SLOT, type: "physical" }] };
      undo(await configure({ ...set("false"), ...more }, { ...set(command), ignore_slots: null }));
      await sql(leader, `SELECT pg_create_physical_replication_slot('${SLOT}', true)`);
      undo(async () => void (await sql(leader, `SELECT pg_drop_replication_slot('${SLOT}')`)));
      await writeWal(24);
      await sql(leader, "SELECT pg_switch_wal()");
    },
    when: ({ archiving }) => archiving?.trust === "fresh" && archiving.state !== "ok",
    withinMs: 40_000,
  },
  {
    name: "read-server-drained",
    what: "a replica is drained in one HAProxy's read pool",
    first: async ({ replica, other }) =>
      void (await runtime(other, `set server postgres_replicas/${replica} state drain`)),
    when: ({ haproxy }) => haproxy.some(({ read }) => read?.servers.some(({ status }) => status === "drain") ?? false),
  },
  {
    name: "write-server-in-maintenance",
    what: "the leader is taken out of one HAProxy's write pool",
    first: async ({ leader, other }, undo) => {
      await runtime(other, `set server postgres_master/${leader} state maint`);
      undo(async () => void (await runtime(other, `set server postgres_master/${leader} state ready`)));
    },
    when: ({ haproxy }) => haproxy.some(({ trust, writesTo }) => trust === "fresh" && writesTo.length === 0),
  },
  {
    name: "pgbouncer-paused-on-replica",
    what: "PgBouncer beside a replica is paused",
    first: ({ replica }, undo) => {
      undo(() => pgbouncerConsole(replica, "RESUME"));
      return pgbouncerConsole(replica, "PAUSE");
    },
    when: ({ pgbouncer }, { replica }) => pgbouncer.some(({ member, paused }) => member === replica && paused === true),
  },
  {
    name: "pending-restart",
    what: "max_connections was raised, which waits for a restart",
    async first({ configure }, undo) {
      const set = (max: number) => ({ postgresql: { parameters: { max_connections: max } } });
      undo(await configure(set(210), set(200)));
    },
    when: ({ members }) => members.some(({ pendingRestart }) => pendingRestart),
    withinMs: 30_000,
  },
  {
    name: "open-transaction",
    what: "sessions wait for a lock, and a query runs for longer than allowed",
    first: async (stage) => {
      await sessions(stage, 1, "SELECT pg_advisory_lock(4711), pg_sleep(120)");
      await sessions(stage, 3, "SELECT pg_advisory_lock(4711)");
    },
    when: finds("long-transaction"),
    withinMs: 30_000,
  },
  {
    name: "many-connections",
    what: "seventy sessions are open",
    first: (stage) => sessions(stage, 66, "SELECT 1"),
    when: finds("connections-near-limit"),
    withinMs: 30_000,
  },
  {
    name: "lag-in-bytes",
    what: "the WAL receiver of a replica hangs while the leader writes",
    async first({ replica, writeWal }, undo) {
      const receiver = await freezeWalReceiver(replica);
      undo(() => receiver.thaw());
      await writeWal(24);
    },
    when: (picture, { replica }) => behind(memberOf(picture, replica)?.lag.replayBytes),
  },
  {
    name: "replay-paused",
    what: "replay is paused on the other replica, whose Patroni hangs",
    async first({ other, sql, writeWal }, undo) {
      await service("freeze", other, "patroni");
      await sql(other, "SELECT pg_wal_replay_pause()");
      undo(async () => void (await sql(other, "SELECT pg_wal_replay_resume()")));
      await writeWal(16);
    },
    when: (picture, { other }) => behind(memberOf(picture, other)?.lag.replayBytes),
  },
  {
    name: "slot-inactive",
    what: "the slot that nobody reads has been inactive for a minute",
    when: finds("slot-inactive"),
    withinMs: 60_000,
  },
  {
    name: "switchover-scheduled",
    what: "a switchover is scheduled in ten minutes",
    async first({ leader, replica }) {
      const scheduled_at = new Date(Date.now() + 600_000).toISOString();
      await callPatroni(leader, "POST", "/switchover", { leader, candidate: replica, scheduled_at });
    },
    when: ({ scheduled }) => scheduled.length > 0,
  },
  {
    name: "paused-under-strain",
    what: "automatic failover is paused",
    async first({ configure }, undo) {
      undo(await configure({ pause: true }, { pause: null }));
    },
    when: ({ paused }) => paused === true,
  },
  {
    name: "pgbouncer-exhausted",
    what: "clients hold every server connection of the leader's PgBouncer, the rest wait",
    async first({ leader, session }) {
      const made = await Promise.all(Array.from({ length: 36 }, () => session(leader, PORTS.pgbouncer)));
      for (const client of made) client.query("SELECT pg_sleep(120)").catch(() => undefined);
    },
    when: ({ pgbouncer }) => pgbouncer.some(({ clientsWaiting }) => (clientsWaiting ?? 0) > 0),
  },
  {
    name: "pgbouncer-paused",
    what: "the leader's PgBouncer is paused: no client comes through",
    async first({ leader }, undo) {
      undo(() => pgbouncerConsole(leader, "RESUME"));
      await pgbouncerConsole(leader, "PAUSE");
    },
    when: ({ pgbouncer }, { leader }) => pgbouncer.some(({ member, paused }) => member === leader && paused === true),
  },
];

export const STRAIN: Recording = {
  name: "strain",
  moments: MOMENTS.map((moment) => ({ ...moment, what: `one on top of the other: ${moment.what}` })),
  inject: async () => nothingMore,
};
