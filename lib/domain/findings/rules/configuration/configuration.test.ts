import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { answer, failing, failingDcs, healthyState, NOW, patchDcs, patchPatroni } from "../../../testing/builders";
import { lines, says } from "../../../testing/writing";
import type { FindingRule } from "../../rule";
import { configArchiveOff } from "./archive-off";
import { configCheckTimeline } from "./check-timeline";
import { configClash } from "./clash";
import { configFailoverLag } from "./failover-lag";
import { configFailsafeOff } from "./failsafe-off";
import { configIgnored } from "./ignored";
import { CONFIGURATION_RULES } from "./index";
import { configRecovery } from "./recovery";
import { configRewind } from "./rewind";
import { configSenders } from "./senders";
import { configSlotLimit } from "./slot-limit";
import { configSlotsOff } from "./slots-off";
import { configStartTimeout } from "./start-timeout";
import { configStrictSync } from "./strict-sync";
import { configValue } from "./value";
import { configWalKeepSegments } from "./wal-keep-segments";

type Tree = Readonly<Record<string, unknown>>;
const THREE = ["node1", "node2", "node3"];
const having = (config: Tree, names: readonly string[] = THREE): ClusterState =>
  patchDcs(healthyState({ names }), { config });
const parameters = (over: Tree, names?: readonly string[]) => having({ postgresql: { parameters: over } }, names);
const settings = (state: ClusterState, over: Record<string, string | null>) =>
  answer(state, "vitals", "node1", (was) => ({ ...was, settings: { ...was.settings, ...over } }) as typeof was);
const noVitals = (state: ClusterState) => failing(state, "vitals", "node1", "refused");
const backedUp = (kind: "pgbackrest" | "wal-g" | "barman", state = having({})): ClusterState => ({
  ...state,
  spec: {
    ...state.spec,
    backups: [
      { name: "main", kind, via: "command", stanza: "main", place: null, intervalMs: 60_000, maxAgeMs: 90_000_000 },
    ] as unknown as ClusterState["spec"]["backups"],
  },
});
const lonely = { synchronous_mode: true, synchronous_mode_strict: true };

type Case = readonly [string, FindingRule, () => ClusterState, readonly string[]];

const CASES: readonly Case[] = [
  [
    "two members, so one standby",
    configStrictSync,
    () => having(lonely, ["node1", "node2"]),
    ["warn synchronous_mode_strict"],
  ],
  ["two standbys", configStrictSync, () => having(lonely), []],
  ["not strict", configStrictSync, () => having({ synchronous_mode: "quorum" }, ["node1", "node2"]), []],
  [
    "strict, and not synchronous",
    configStrictSync,
    () => having({ synchronous_mode_strict: true }, ["node1", "node2"]),
    [],
  ],

  ["zero", configFailoverLag, () => having({ maximum_lag_on_failover: 0 }), ["warn maximum_lag_on_failover"]],
  [
    "ten gigabytes",
    configFailoverLag,
    () => having({ maximum_lag_on_failover: 10_737_418_240 }),
    ["warn maximum_lag_on_failover"],
  ],
  ["a megabyte", configFailoverLag, () => having({ maximum_lag_on_failover: 1_048_576 }), []],
  ["Patroni's own", configFailoverLag, () => having({}), []],
  ["no number", configFailoverLag, () => having({ maximum_lag_on_failover: "much" }), []],

  ["an hour", configStartTimeout, () => having({ primary_start_timeout: 3_600 }), ["warn primary_start_timeout"]],
  [
    "an hour, by its old name",
    configStartTimeout,
    () => having({ master_start_timeout: "1h" }),
    ["warn master_start_timeout"],
  ],
  ["at once", configStartTimeout, () => having({ primary_start_timeout: 0 }), []],

  ["off", configRewind, () => having({}), ["info postgresql.use_pg_rewind"]],
  ["on", configRewind, () => having({ postgresql: { use_pg_rewind: true } }), []],
  [
    "on, without hints and checksums",
    configRewind,
    () => settings(having({ postgresql: { use_pg_rewind: true } }), { wal_log_hints: "off", data_checksums: "off" }),
    ["warn postgresql.use_pg_rewind"],
  ],
  [
    "on, with checksums",
    configRewind,
    () => settings(having({ postgresql: { use_pg_rewind: true } }), { wal_log_hints: "off", data_checksums: "on" }),
    [],
  ],
  [
    "on, and the server was not asked lately",
    configRewind,
    () =>
      noVitals(
        settings(having({ postgresql: { use_pg_rewind: true } }), { wal_log_hints: "off", data_checksums: "off" }),
      ),
    [],
  ],
  ["one member has nobody to be rewound", configRewind, () => having({}, ["node1"]), []],

  [
    "off, and 128 MiB are kept",
    configSlotsOff,
    () => having({ postgresql: { use_slots: false } }),
    ["warn postgresql.use_slots"],
  ],
  [
    "off, and enough is kept",
    configSlotsOff,
    () => having({ postgresql: { use_slots: false, parameters: { wal_keep_size: "4GB" } } }),
    [],
  ],
  [
    "off, and enough segments are kept",
    configSlotsOff,
    () => having({ postgresql: { use_slots: "off", parameters: { wal_keep_segments: 100 } } }),
    [],
  ],
  ["on by standard", configSlotsOff, () => having({}), []],

  ["no limit", configSlotLimit, () => having({}), ["info max_slot_wal_keep_size"]],
  ["-1", configSlotLimit, () => parameters({ max_slot_wal_keep_size: "-1" }), ["info max_slot_wal_keep_size"]],
  ["a limit", configSlotLimit, () => parameters({ max_slot_wal_keep_size: "20GB" }), []],
  ["no slots", configSlotLimit, () => having({ postgresql: { use_slots: false } }), []],

  ["enough of both", configSenders, () => having({}), []],
  [
    "three senders for three members and a backup",
    configSenders,
    () => settings(having({}), { max_wal_senders: "3" }),
    ["warn max_wal_senders"],
  ],
  [
    "one slot for two replicas",
    configSenders,
    () => settings(having({}), { max_replication_slots: "1" }),
    ["warn max_replication_slots"],
  ],
  [
    "the server was not asked lately: as configured",
    configSenders,
    () => noVitals(parameters({ max_wal_senders: 3 })),
    ["warn max_wal_senders"],
  ],
  [
    "a dozen members on Patroni's standard",
    configSenders,
    () =>
      noVitals(
        having(
          {},
          Array.from({ length: 12 }, (_, i) => `node${i + 1}`),
        ),
      ),
    ["warn max_wal_senders", "warn max_replication_slots"],
  ],
  [
    "permanent slots count",
    configSenders,
    () => having({ slots: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`s${i}`, { type: "physical" }])) }),
    ["warn max_replication_slots"],
  ],

  [
    "off beside pgBackRest",
    configArchiveOff,
    () => settings(backedUp("pgbackrest"), { archive_mode: "off" }),
    ["warn archive_mode"],
  ],
  [
    "off beside Barman, which streams",
    configArchiveOff,
    () => settings(backedUp("barman"), { archive_mode: "off" }),
    [],
  ],
  ["off without backups", configArchiveOff, () => settings(having({}), { archive_mode: "off" }), []],
  ["on", configArchiveOff, () => backedUp("pgbackrest"), []],
  [
    "the server was not asked lately",
    configArchiveOff,
    () => noVitals(settings(backedUp("pgbackrest"), { archive_mode: "off" })),
    [],
  ],

  ["off", configFailsafeOff, () => having({}), ["info failsafe_mode"]],
  ["off, with a single etcd", configFailsafeOff, () => having({}, ["node1"]), ["warn failsafe_mode"]],
  ["on", configFailsafeOff, () => having({ failsafe_mode: true }), []],
  [
    "a Patroni that does not know it",
    configFailsafeOff,
    () => patchPatroni(having({}), "node2", { patroniVersion: "2.1.7" }),
    [],
  ],

  ["off", configCheckTimeline, () => having({}), ["info check_timeline"]],
  ["on", configCheckTimeline, () => having({ check_timeline: true }), []],
  ["two members have no race", configCheckTimeline, () => having({}, ["node1", "node2"]), []],

  [
    "a target for all",
    configRecovery,
    () => parameters({ recovery_target_time: "2026-11-01" }),
    ["warn recovery_target_time"],
  ],
  [
    "a delay for all",
    configRecovery,
    () => parameters({ recovery_min_apply_delay: "1h" }),
    ["warn recovery_min_apply_delay"],
  ],
  [
    "no delay, in words",
    configRecovery,
    () => parameters({ recovery_min_apply_delay: "0", recovery_target_timeline: "latest" }),
    [],
  ],
  [
    "a restore_command in both places",
    configRecovery,
    () => having({ postgresql: { parameters: { restore_command: "cp" }, recovery_conf: { restore_command: "cp" } } }),
    ["warn restore_command"],
  ],
  ["a restore_command", configRecovery, () => parameters({ restore_command: "cp" }), []],

  [
    "hot_standby off and wal_level minimal",
    configValue,
    () => parameters({ hot_standby: "off", wal_level: "minimal" }),
    ["warn hot_standby", "warn wal_level"],
  ],
  ["less than Patroni takes", configValue, () => having({ ttl: 5 }), ["warn ttl"]],
  [
    "as it should be",
    configValue,
    () => parameters({ hot_standby: "on", wal_level: "logical", shared_buffers: "2GB" }),
    [],
  ],

  [
    "strict without synchronous",
    configClash,
    () => having({ synchronous_mode_strict: true }),
    ["warn synchronous_mode/strict-alone"],
  ],
  [
    "permanent slots without slots",
    configClash,
    () => having({ slots: { a: { type: "physical" } }, postgresql: { use_slots: false } }),
    ["warn slots/slots-off"],
  ],
  ["ttl has a rule of its own", configClash, () => having({ ttl: 20, loop_wait: 10, retry_timeout: 10 }), []],

  [
    "a member's own, Patroni's own, a slip of the pen",
    configIgnored,
    () => having({ maximum_lag_on_failver: 1, watchdog: { mode: "off" }, postgresql: { parameters: { port: 5433 } } }),
    ["info maximum_lag_on_failver", "info watchdog.mode", "info port"],
  ],
  [
    "a parameter of another release or of an extension",
    configIgnored,
    () => parameters({ old_snapshot_threshold: 1, "auto_explain.log_min_duration": 5 }),
    [],
  ],

  ["on PostgreSQL 17", configWalKeepSegments, () => parameters({ wal_keep_segments: 8 }), ["info wal_keep_segments"]],
  ["not set", configWalKeepSegments, () => parameters({ wal_keep_size: "1GB" }), []],
];

describe("the configuration review", () => {
  it.each(CASES.map(([what, rule, ...rest]) => [rule.id, what, rule, ...rest] as const))(
    "%s: %s",
    (_, __, rule, state, want) => {
      expect(lines(says(rule, state()))).toEqual(want);
    },
  );

  it.each(CONFIGURATION_RULES.map((rule) => [rule.id, rule] as const))(
    "%s: nothing of a configuration that cannot be read now",
    (_, rule) => {
      for (const [, of, state] of CASES) {
        if (of !== rule) continue;
        expect(says(rule, failingDcs(state(), "refused"))).toEqual([]);
        expect(says(rule, state(), { now: NOW + 120_000 })).toEqual([]);
        expect(says(rule, patchDcs(state(), { config: null }))).toEqual([]);
      }
    },
  );
});

/** Section `bootstrap.dcs` as the guides that many run their clusters by have it. */
const GUIDE = {
  ttl: 30,
  loop_wait: 10,
  retry_timeout: 10,
  maximum_lag_on_failover: 1_048_576,
  postgresql: {
    use_pg_rewind: true,
    use_slots: true,
    parameters: {
      max_connections: 500,
      superuser_reserved_connections: 10,
      shared_buffers: "2GB",
      effective_cache_size: "4GB",
      maintenance_work_mem: "1GB",
      work_mem: "32MB",
      wal_level: "replica",
      wal_log_hints: true,
      wal_buffers: "16MB",
      min_wal_size: "2GB",
      max_wal_size: "8GB",
      checkpoint_timeout: "15min",
      checkpoint_completion_target: 0.9,
      random_page_cost: 1.1,
      effective_io_concurrency: 200,
      max_wal_senders: 10,
      max_replication_slots: 10,
      hot_standby: true,
      hot_standby_feedback: true,
      log_destination: "stderr",
      logging_collector: true,
      log_rotation_age: "1d",
      log_rotation_size: "100MB",
      log_min_duration_statement: 1_000,
      log_temp_files: 0,
      shared_preload_libraries: "pg_stat_statements",
      track_io_timing: true,
    },
  },
};
const SHORT_GUIDE = { ...GUIDE, postgresql: { use_pg_rewind: true, parameters: null } };

describe("clusters as most are set up", () => {
  it.each([
    ["with all that a guide gives", GUIDE],
    ["with the least", SHORT_GUIDE],
  ])("%s: hints alone", (_, config) => {
    const said = CONFIGURATION_RULES.flatMap((rule) => lines(says(rule, having(config))));
    expect(said.sort()).toEqual(["info check_timeline", "info failsafe_mode", "info max_slot_wal_keep_size"]);
  });
});

it("a rewind that wants a restart offers its runbook, and one that is switched off none", () => {
  const blind = settings(having({ postgresql: { use_pg_rewind: true } }), {
    wal_log_hints: "off",
    data_checksums: "off",
  });
  expect(says(configRewind, blind)).toMatchObject([{ runbook: "settings-restart" }]);
  expect(says(configRewind, having({})).map(({ runbook }) => runbook ?? configRewind.runbook)).toEqual([null]);
});
