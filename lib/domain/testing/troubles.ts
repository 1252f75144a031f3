import type { BackupFacts, BackupRecord } from "../backups/facts";
import { backup, stanza } from "../backups/testing/backups";
import type { ClusterState } from "../cluster-state";
import type {
  DcsMemberStatus,
  HaproxyFacts,
  PgbouncerFacts,
  PoolServer,
  PostgresFacts,
  ReplicationSlot,
} from "../facts";
import { type Instant, instant, type Lsn, memberName } from "../ids";
import { emptyLook, ok, remember } from "../observation";
import type { StoreView } from "../store";
import type { PostgresVitals } from "../vitals/facts";
import { answer, failing, patchDcs, patchPatroni, patchPostgres } from "./builders";
import { walSender } from "./facts";
import { randomState, upsetReplicas } from "./random";
import { troubleCertificates, troubledFacts } from "./trouble-servers";

/**
 * Random states in which everything that findings are drawn from may be out of order, likely or not: a superset of what
 * {@link randomState} upsets, on its own stream of chance, so that tests that stand on that one see what they always saw.
 */
export function troubledState(random: () => number, now: number): ClusterState {
  const chance = (p: number) => random() < p;
  const calm = chance(0.1);
  let state = upsetReplicas(random, randomState(random, now), now);
  if (calm) return state;
  const dice: Dice = {
    chance,
    pick: <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T,
    below: (limit) => Math.floor(random() * limit),
    when: () => now - Math.floor(random() * (chance(0.75) ? 1_500 : 90_000)),
  };
  for (const { name } of state.roster) {
    state = troubleServer(state, name, dice);
    state = troubleVitals(state, name, dice, now);
    state = troubleRouting(state, name, dice);
  }
  state = troubleCertificates(state, dice);
  return troubleStore(troubleBackups(troubleDcs(state, dice, now), dice, now), dice, now);
}

type Dice = {
  chance(p: number): boolean;
  pick<T>(from: readonly T[]): T;
  below(limit: number): number;
  when(): number;
};

const GIB = 1_073_741_824;

function troubleServer(before: ClusterState, name: string, { chance, pick, below, when }: Dice): ClusterState {
  let state = before;
  const over: { -readonly [K in keyof PostgresFacts]?: PostgresFacts[K] } = {};
  if (chance(0.2)) over.replayPaused = true;
  if (chance(0.2)) over.replayDelaySeconds = below(2_000);
  if (chance(0.2)) over.receiver = null;
  if (chance(0.2)) over.timeline = pick([6, 7, 8]);
  if (chance(0.2)) over.receivedLsn = `3/${(below(GIB) + 0x4000_0000).toString(16).toUpperCase()}` as Lsn;
  if (chance(0.2)) over.lsn = `3/${(below(GIB) + 0x4000_0000).toString(16).toUpperCase()}` as Lsn;
  if (chance(0.2)) over.connections = below(600);
  if (chance(0.3)) over.slots = SLOT_NAMES.filter(() => chance(0.4)).map((one) => slot(one, pick, below, chance));
  if (chance(0.3)) {
    const bytes = below(4) * GIB;
    over.senders = before.roster.map((one, i) =>
      walSender(one.name, i, { replayLagBytes: bytes, flushLagBytes: bytes, replayLagSeconds: below(2_000) }),
    );
  }
  if (Object.keys(over).length > 0) state = patchPostgres(state, name, over, when(), below(50));
  if (chance(0.05)) state = patchPatroni(state, name, { failsafeActive: true }, when());
  if (chance(0.05)) state = patchPatroni(state, name, { patroniVersion: pick(["4.0.4", "3.3.0"]) }, when());
  if (chance(0.1)) {
    const reasons = [{ setting: "max_connections", oldValue: "200", newValue: "300" }];
    state = patchPatroni(state, name, { pendingRestart: true, pendingRestartReasons: reasons }, when());
  }
  return state;
}

const SLOT_NAMES = ["node1", "node2", "node9", "left_behind"];

const slot = (name: string, pick: Dice["pick"], below: Dice["below"], chance: Dice["chance"]): ReplicationSlot => ({
  name,
  type: pick(["physical", "logical"]),
  database: null,
  active: chance(0.4),
  walStatus: pick(["reserved", "extended", "unreserved", "lost"]),
  retainedBytes: below(20) * GIB,
  safeWalBytes: chance(0.5) ? null : below(GIB),
});

function troubleVitals(
  before: ClusterState,
  name: string,
  { chance, pick, below, when }: Dice,
  now: number,
): ClusterState {
  const was = before.vitals[name]?.good?.value;
  if (!was) return before;
  const over: { -readonly [K in keyof PostgresVitals]?: PostgresVitals[K] } = {};
  if (chance(0.2)) {
    const idleInTransaction = below(40);
    over.connections = { active: below(500), waiting: below(9), idle: below(100), idleInTransaction, other: 0 };
  }
  if (chance(0.2)) over.oldestTransactionSeconds = below(40_000);
  if (chance(0.2)) over.transactionIdAge = below(2_000_000_000);
  if (chance(0.2)) over.serverTime = instant(now - below(60_000));
  if (chance(0.2)) over.databases = { ...was.databases, conflicts: below(900) };
  if (chance(0.3)) {
    const lastFailedAt = instant(now - below(120_000));
    over.archiver = {
      ...was.archiver,
      mode: pick(["on", "off", "always"] as const),
      failedCount: below(50),
      lastFailedAt,
      lastFailedWal: "00000007000000030000005A",
      backlog: { files: below(400), oldestAgeSeconds: below(9_000), at: lastFailedAt },
    };
  }
  return answer(
    before,
    "vitals",
    name,
    { ...was, ...over, ...troubledFacts(was, { chance, pick, below, when }, now) },
    when(),
  );
}

const SERVER_STATUSES: readonly PoolServer["status"][] = ["up", "down", "drain", "maint", "no-check", "unknown"];

function troubleRouting(before: ClusterState, name: string, { chance, pick, below, when }: Dice): ClusterState {
  let state = before;
  const changed = (server: PoolServer): PoolServer =>
    chance(0.3)
      ? {
          ...server,
          status: pick(SERVER_STATUSES),
          checkStatus: pick(["L7OK", "L4OK", "L7STS", null]),
          lastChangeSeconds: below(40_000),
          address: pick([null, "10.0.0.1:6432", "10.9.9.9:5432"]),
        }
      : server;
  if (state.haproxy[name]?.good && chance(0.4)) {
    const trouble = (was: HaproxyFacts): HaproxyFacts => ({
      ...was,
      pools: was.pools.map((pool) => ({ ...pool, servers: pool.servers.map(changed) })),
    });
    state = answer(state, "haproxy", name, trouble, when());
  }
  if (state.pgbouncer[name]?.good && chance(0.4)) {
    const trouble = (was: PgbouncerFacts): PgbouncerFacts => ({
      ...was,
      allPaused: chance(0.2),
      databases: was.databases.map((one) => ({
        ...one,
        host: pick(["127.0.0.1", "10.0.0.1", "10.0.0.2", "10.9.9.9"]),
        paused: chance(0.2),
        poolSize: 5,
      })),
      pools: was.pools.map((pool) => ({
        ...pool,
        clientsWaiting: below(40),
        serversActive: below(6),
        serversIdle: 0,
        maxWaitMs: below(9_000),
      })),
    });
    state = answer(state, "pgbouncer", name, trouble, when());
  }
  return state;
}

/** Settings that one would rather not have, by themselves and in company. */
const SETTINGS: readonly Readonly<Record<string, unknown>>[] = [
  { ttl: 20, loop_wait: 10, retry_timeout: 10 },
  { maximum_lag_on_failover: 0 },
  { synchronous_mode: true, synchronous_mode_strict: true },
  { failsafe_mode: true },
  { primary_start_timeout: 86_400 },
  { check_timeline: false },
  { postgresql: { use_slots: false, use_pg_rewind: false, parameters: { wal_keep_size: "0", max_wal_senders: 2 } } },
  {
    postgresql: { parameters: { hot_standby: "off", wal_level: "minimal", archive_mode: "off", wal_keep_segments: 8 } },
  },
  { postgresql: { parameters: { max_slot_wal_keep_size: "-1", max_replication_slots: 1 } } },
];

function troubleDcs(before: ClusterState, dice: Dice, now: number): ClusterState {
  const { chance, pick, below, when } = dice;
  let state = before;
  if (chance(0.4)) {
    const config = { ttl: 30, loop_wait: 10, retry_timeout: 10, ...pick(SETTINGS), ...pick(SETTINGS) };
    state = patchDcs(state, { config }, when());
  }
  if (chance(0.15)) {
    const scheduledAt = instant(now + below(1_800_000));
    const candidate = memberName(pick(before.roster).name);
    state = patchDcs(state, { failover: { leader: null, candidate, scheduledAt, modRevision: "8" } }, when());
  }
  for (const endpoint of Object.keys(state.dcsMembers)) {
    if (chance(0.2))
      state = failing(state, "dcsMembers", endpoint, pick(["timeout", "refused", "unreachable"]), now - 5);
    if (!chance(0.3)) continue;
    const trouble = (was: DcsMemberStatus): DcsMemberStatus => ({
      ...was,
      leaderId: pick([was.leaderId, "0", null]),
      isLeader: chance(0.4),
      isLearner: chance(0.1),
      dbSizeBytes: below(3 * GIB),
      raftBacklog: below(9_000),
      alarms: pick([null, [], ["NOSPACE"], ["CORRUPT"]]),
      errors: chance(0.2) ? ["etcdserver: no leader"] : [],
    });
    state = answer(state, "dcsMembers", endpoint, trouble, when(), below(2_000));
  }
  return state;
}

function troubleBackups(before: ClusterState, { chance, pick, when }: Dice, now: number): ClusterState {
  if (chance(0.5)) return before;
  const spec = {
    name: "main",
    kind: "pgbackrest",
    via: "sql",
    stanza: "main",
    place: null,
    intervalMs: 60_000,
    maxAgeMs: 90_000_000,
  } as const;
  const old = pick([3_600_000, 400_000_000]);
  const records: readonly BackupRecord[] = chance(0.2)
    ? []
    : [backup("20261120F", new Date(now - old).toISOString() as Instant, { error: chance(0.2) })];
  const repos = [{ key: "1", ok: chance(0.7), code: 0, message: "cannot be opened" }];
  const backups = Object.fromEntries(
    before.roster.map(({ name }) => {
      const target = `main@${name}`;
      const facts: BackupFacts = { version: "2.55", stanzas: [stanza(records, { repos })] };
      const at = Math.max(now - 250_000, when());
      const look = emptyLook<BackupFacts>("backup", target, spec.intervalMs);
      return [target, remember(look, { source: "backup", target, observedAt: at, tookMs: 90, result: ok(facts) })];
    }),
  );
  return { ...before, spec: { ...before.spec, backups: [spec] }, backups };
}

function troubleStore(before: ClusterState, { chance, pick }: Dice, now: number): ClusterState {
  if (chance(0.8)) return before;
  const store: StoreView = {
    kind: "sqlite",
    state: pick(["behind", "failing"] as const),
    since: instant(now - 60_000),
    lastWriteAt: instant(now - 60_000),
    failure: { kind: "full", text: "database or disk is full" },
    waiting: 4_000,
    dropped: 0,
  };
  return { ...before, store };
}
