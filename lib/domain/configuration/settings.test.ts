import { describe, expect, it } from "vitest";
import { booleanOf, quantityOf } from "./quantity";
import { brokenRules } from "./rules";
import { effectOf, knowledgeOf, parameterNames, problemOf, standingOf } from "./settings";

const P = "postgresql.parameters.";

describe("a value", () => {
  it.each<[path: string, value: unknown, problem: string | null]>([
    ["ttl", 30, null],
    ["ttl", "30", null],
    ["ttl", 19, "too-small"],
    ["ttl", "soon", "number"],
    ["ttl", "30 parsecs", "unit"],
    ["ttl", "1min", null],
    ["ttl", null, null],
    ["loop_wait", 0, "too-small"],
    ["retry_timeout", 2, "too-small"],
    ["maximum_lag_on_failover", "1MB", null],
    ["maximum_lag_on_failover", -1, "too-small"],
    ["maximum_lag_on_syncnode", -1, null],
    ["primary_start_timeout", 0, null],
    ["synchronous_mode", "quorum", null],
    ["synchronous_mode", true, null],
    ["synchronous_mode", "sometimes", "word"],
    ["synchronous_mode_strict", "on", null],
    ["synchronous_mode_strict", "maybe", "boolean"],
    ["synchronous_node_count", 0, "too-small"],
    ["slots", [], "section"],
    ["ignore_slots", {}, "list"],
    ["postgresql", "x", "section"],
    ["postgresql.parameters", 1, "section"],
    ["postgresql.pg_hba", ["host all all all md5"], null],
    ["postgresql.pg_hba", "host all all all md5", "lines"],
    ["postgresql.pg_hba", [{ host: 1 }], "lines"],
    ["postgresql.pg_hba_replica", "x", "lines"],
    ["postgresql.use_slots", 3, "boolean"],
    [`${P}max_connections`, 200, null],
    [`${P}max_connections`, 24, "too-small"],
    [`${P}max_connections`, 300_000, "too-large"],
    [`${P}max_connections`, "200MB", "unit"],
    [`${P}max_connections`, "many", "number"],
    [`${P}max_connections`, { a: 1 }, "scalar"],
    [`${P}shared_buffers`, "1GB", null],
    [`${P}shared_buffers`, "1gb", "unit"],
    [`${P}shared_buffers`, "1", "too-small"],
    [`${P}shared_buffers`, "64kB", "too-small"],
    [`${P}work_mem`, "1.5GB", null],
    [`${P}statement_timeout`, "5min", null],
    [`${P}statement_timeout`, "5m", "unit"],
    [`${P}statement_timeout`, 0, null],
    [`${P}checkpoint_completion_target`, 0.9, null],
    [`${P}checkpoint_completion_target`, 1.1, "too-large"],
    [`${P}wal_level`, "logical", null],
    [`${P}wal_level`, "minimal", "word"],
    [`${P}archive_mode`, true, null],
    [`${P}archive_mode`, "sometimes", "word"],
    [`${P}synchronous_commit`, "remote_apply", null],
    [`${P}log_checkpoints`, "on", null],
    [`${P}log_checkpoints`, "perhaps", "boolean"],
    [`${P}hot_standby`, "off", "hot-standby"],
    [`${P}TimeZone`, "UTC", null],
    [`${P}WORK_MEM`, "nothing", "number"],
    [`${P}max_slot_wal_keep_size`, -1, null],
    [`${P}pg_stat_statements.max`, "anything", null],
    [`${P}not_a_parameter`, "anything", null],
    ["not_a_key", 5, null],
  ])("%s = %j: %s", (path, value, problem) => {
    expect(problemOf(path, value)?.key ?? null).toBe(problem === null ? null : `settings.${problem}`);
  });
});

describe("how a change comes into force", () => {
  it.each([
    ["ttl", "patroni"],
    ["slots.mine.type", "patroni"],
    ["postgresql.use_pg_rewind", "patroni"],
    ["postgresql.pg_hba", "reload"],
    [`${P}max_connections`, "restart"],
    [`${P}shared_preload_libraries`, "restart"],
    [`${P}archive_command`, "reload"],
    [`${P}work_mem`, "reload"],
    [`${P}pg_stat_statements.max`, "unknown"],
    [`${P}not_a_parameter`, "unknown"],
    ["not_a_key", "unknown"],
  ])("%s: %s", (path, effect) => {
    expect(effectOf(path)).toBe(effect);
  });
});

describe("what Patroni does with a setting", () => {
  it.each([
    ["ttl", "known"],
    ["slots.anything.plugin", "known"],
    ["standby_cluster.host", "known"],
    [`${P}work_mem`, "known"],
    [`${P}pg_stat_statements.max`, "known"],
    [`${P}listen_addresses`, "managed"],
    [`${P}port`, "managed"],
    [`${P}cluster_name`, "managed"],
    [`${P}primary_conninfo`, "managed"],
    ["postgresql.data_dir", "local"],
    ["postgresql.authentication.replication.username", "local"],
    ["tags.nofailover", "local"],
    ["restapi.listen", "local"],
    [`${P}wrok_mem`, "unknown"],
    ["tttl", "unknown"],
  ])("%s: %s", (path, standing) => {
    expect(standingOf(path)).toBe(standing);
  });
});

describe("what a form is told", () => {
  it.each([
    ["ttl", { unit: "s", min: 20, standard: 30 }],
    ["synchronous_mode", { words: ["off", "on", "quorum"], standard: "off" }],
    ["failsafe_mode", { words: ["true", "false"] }],
    [`${P}max_connections`, { unit: null, min: 25, max: 262_143 }],
    [`${P}log_checkpoints`, { words: ["on", "off"] }],
    // A bare number would count in blocks of 8 kB: no range that a person would read in bytes.
    [`${P}shared_buffers`, { unit: null, min: null, max: null }],
  ])("%s", (path, knowledge) => {
    expect(knowledgeOf(path)).toMatchObject(knowledge);
  });

  it("nothing of what is not known", () => {
    expect(knowledgeOf("not_a_key")).toBeNull();
    expect(knowledgeOf(`${P}not_a_parameter`)).toBeNull();
  });

  it("the parameters of PostgreSQL 14 to 18, each once", () => {
    const names = parameterNames();
    expect(names.length).toBeGreaterThan(350);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(["io_method", "old_snapshot_threshold", "TimeZone", "shared_buffers"]),
    );
  });
});

describe("rules between settings", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["the defaults", {}, []],
    ["ttl as large as it must be", { ttl: 30, loop_wait: 10, retry_timeout: 10 }, []],
    ["ttl one second too small", { ttl: 29, loop_wait: 10, retry_timeout: 10 }, ["timing"]],
    ["a loop_wait that the default ttl does not cover", { loop_wait: "11" }, ["timing"]],
    ["strict without synchronous mode", { synchronous_mode_strict: true }, ["strict-alone"]],
    ["strict with it", { synchronous_mode: "quorum", synchronous_mode_strict: true }, []],
    [
      "names beside it",
      { synchronous_mode: true, postgresql: { parameters: { synchronous_standby_names: "*" } } },
      ["standby-names"],
    ],
    ["slots that are switched off", { slots: { a: {} }, postgresql: { use_slots: false } }, ["slots-off"]],
  ])("%s", (_, configuration, broken) => {
    expect(brokenRules(configuration).map(({ id }) => id)).toEqual(broken);
  });
});

describe("numbers and words as PostgreSQL reads them", () => {
  it.each([
    ["64MB", "8kB", 8192],
    ["1GB", "MB", 1024],
    ["0x10", null, 16],
    ["-1", "kB", -1],
    ["1.5", null, 1.5],
    ["90 s", "min", 1.5],
    ["1e3", null, 1000],
  ] as const)("%s in %s is %d", (text, unit, value) => {
    expect(quantityOf(text, unit)).toEqual({ kind: "ok", value });
  });

  it.each([
    ["", null],
    ["x", null],
    ["1 2", null],
    ["--1", null],
    [true, null],
    [Number.NaN, null],
  ] as const)("%j is no number", (value, unit) => {
    expect(quantityOf(value, unit).kind).toBe("not-a-number");
  });

  it.each([
    ["on", true],
    ["t", true],
    ["YES", true],
    ["1", true],
    [true, true],
    ["of", false],
    ["n", false],
    [0, false],
    ["o", null],
    ["maybe", null],
    ["", null],
    [null, null],
  ])("%j is %s", (value, is) => {
    expect(booleanOf(value)).toBe(is);
  });
});
