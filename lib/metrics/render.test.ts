import { describe, expect, test } from "vitest";
import type { Snapshot } from "@/lib/domain/snapshot";
import { buildSnapshot } from "@/lib/domain/snapshot/build";
import { answer, healthyState, NOW, patchPostgres } from "@/lib/domain/testing/builders";
import { bareText, SAMPLE_KINDS, SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { PICTURE_AGE_MAX_MS } from "./family";
import { FAMILIES, renderMetrics } from "./render";
import { metricsInput, withBackups } from "./testing/input";

const linesOf = async (...args: Parameters<typeof metricsInput>) =>
  (await renderMetrics(metricsInput(...args))).split("\n").filter((line) => line.startsWith("matriarch_"));
const sampleOf = (lines: readonly string[], series: string) =>
  lines.find((line) => line.startsWith(`${series} `))?.slice(series.length + 1) ?? null;
const picture = (state: Parameters<typeof buildSnapshot>[0], now = NOW): Snapshot => ({
  ...buildSnapshot(state, null, now, bareText),
  version: 1,
});

describe("metrics", () => {
  test("say of a healthy cluster who leads, who takes writes, and that nothing deviates", async () => {
    const lines = await linesOf([withBackups(sampleSnapshot("healthy"))]);
    const expected = {
      'matriarch_cluster_verdict{scope="demo",state="ok"}': "1",
      'matriarch_cluster_verdict{scope="demo",state="broken"}': "0",
      'matriarch_member_role{scope="demo",member="node1",role="leader"}': "1",
      'matriarch_member_role{scope="demo",member="node2",role="leader"}': "0",
      'matriarch_member_writer{scope="demo",member="node1"}': "1",
      'matriarch_member_writer{scope="demo",member="node3"}': "0",
      'matriarch_member_state{scope="demo",member="node2",state="running"}': "1",
      'matriarch_vip_holder{scope="demo",address="10.0.0.200",holder="node1"}': "1",
      'matriarch_vip_holders{scope="demo",address="10.0.0.200"}': "1",
      'matriarch_pool_servers_up{scope="demo",haproxy="node2",pool="postgres_master",kind="write"}': "1",
      'matriarch_pool_servers_up{scope="demo",haproxy="node2",pool="postgres_replicas",kind="read"}': "2",
      'matriarch_findings{scope="demo",severity="critical"}': "0",
      'matriarch_cluster_paused{scope="demo"}': "0",
      'matriarch_dcs_quorum{scope="demo"}': "1",
      'matriarch_backup_age_seconds{scope="demo",source="main"}': "18000",
      'matriarch_backup_full_age_seconds{scope="demo",source="main"}': "108000",
      'matriarch_operations_total{scope="demo",outcome="done"}': "3",
      'matriarch_operations_total{scope="demo",outcome="failed"}': "0",
      'matriarch_operations_open{scope="demo",state="running"}': "1",
      'matriarch_alert_attempts_total{notifier="mail",outcome="sent"}': "5",
      'matriarch_notifier_failing{notifier="mail"}': "0",
      matriarch_alert_deliveries_waiting: "1",
      matriarch_stream_clients: "2",
      'matriarch_store_state{state="ok"}': "1",
    };
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, sampleOf(lines, key)]))).toEqual(expected);
  });

  test("lag is there while it is known, and is not there, rather than 0, once it is not", async () => {
    const series = 'matriarch_member_replay_lag_bytes{scope="demo",member="node2"}';
    const state = healthyState();
    expect(sampleOf(await linesOf([picture(state)], { now: NOW }), series)).not.toBeNull();
    const later = NOW + 60_000;
    const blind = picture(state, later);
    const lines = await linesOf([blind], { now: later });
    expect(lines.filter((line) => line.includes("_lag_"))).toEqual([]);
    expect(sampleOf(lines, 'matriarch_cluster_verdict{scope="demo",state="unknown"}')).toBe("1");
    expect(sampleOf(lines, 'matriarch_source_stale{scope="demo",kind="patroni",target="node1"}')).toBe("1");
  });

  test.each(["blind", "starting", "no-leader"] as const)("claim no writer while the picture is %s", async (kind) => {
    const lines = await linesOf([sampleSnapshot(kind)]);
    expect(lines.filter((line) => line.startsWith("matriarch_member_writer"))).toEqual([]);
    expect(sampleOf(lines, 'matriarch_cluster_verdict{scope="demo",state="ok"}')).toBe("0");
  });

  test("a VIP that nobody holds is 0, one on two hosts has two lines, and one whose holder is unknown has none", async () => {
    const count = 'matriarch_vip_holders{scope="demo",address="10.0.0.200"}';
    expect(sampleOf(await linesOf([sampleSnapshot("vip-nowhere")]), count)).toBe("0");
    expect(sampleOf(await linesOf([sampleSnapshot("blind")]), count)).toBeNull();
    const healthy = sampleSnapshot("healthy");
    const two = { ...healthy, vip: healthy.vip && { ...healthy.vip, holders: ["node1", "node2"] } };
    const lines = await linesOf([two]);
    expect(sampleOf(lines, count)).toBe("2");
    expect(lines.filter((line) => line.startsWith("matriarch_vip_holder{"))).toHaveLength(2);
    const nobody = { ...healthy, vip: healthy.vip && { ...healthy.vip, holders: [], answers: true } };
    expect(sampleOf(await linesOf([nobody]), count)).toBeNull();
  });

  test("a picture that nobody redraws says nothing but its age and that the verdict is unknown", async () => {
    const now = SAMPLE_NOW + PICTURE_AGE_MAX_MS + 1;
    const lines = await linesOf([sampleSnapshot("healthy")], { now });
    const ofCluster = lines.filter((line) => line.includes('scope="demo"') && !line.includes("operations"));
    expect(sampleOf(lines, 'matriarch_cluster_verdict{scope="demo",state="unknown"}')).toBe("1");
    expect(sampleOf(lines, 'matriarch_cluster_verdict{scope="demo",state="ok"}')).toBe("0");
    expect(new Set(ofCluster.map((line) => line.split("{")[0]))).toEqual(
      new Set(["matriarch_cluster_verdict", "matriarch_picture_age_seconds"]),
    );
  });

  test("a cluster that was not looked at yet has an unknown verdict", async () => {
    const { scope } = sampleSnapshot("healthy");
    const lines = await linesOf([], { pictures: [{ scope, snapshot: null }] });
    expect(sampleOf(lines, 'matriarch_cluster_verdict{scope="demo",state="unknown"}')).toBe("1");
  });

  test("what could not be asked of our own record has no lines", async () => {
    const lines = await linesOf([sampleSnapshot("healthy")], { store: null, operations: null, alerting: null });
    expect(lines.filter((line) => /^matriarch_(store|operations|alert_|notifier|dead)/.test(line))).toEqual([]);
  });

  test.each(SAMPLE_KINDS)("every value of the sample %s is a number, and no line comes twice", async (kind) => {
    const lines = await linesOf([sampleSnapshot(kind)]);
    const series = lines.map((line) => line.slice(0, line.lastIndexOf(" ")));
    expect(new Set(series).size).toBe(series.length);
    expect(lines.filter((line) => !/ -?\d+(\.\d+)?(e[+-]?\d+)?$/.test(line))).toEqual([]);
  });
});

describe("the number of series", () => {
  const NAMES = ["n1", "n2", "n3", "n4", "n5", "n6", "n7"];
  /** Series of a cluster itself, of a member, of a HAProxy node with its two pools, of a source, of a backup's source. */
  const PER = { cluster: 50, member: 17, haproxy: 8, pgbouncer: 4, source: 4, backup: 4 } as const;
  const boundOf = ({ members, haproxy, pgbouncer, sources, backups, findings }: Snapshot) =>
    PER.cluster +
    PER.member * members.length +
    PER.haproxy * haproxy.length +
    PER.pgbouncer * pgbouncer.length +
    PER.source * sources.length +
    PER.backup * backups.sources.length +
    new Set(findings.map(({ rule, severity }) => `${rule} ${severity}`)).size;

  /** A hundred databases with users, applications and slots of their own. */
  function crowded(count: number) {
    const many = <T>(make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
    return NAMES.reduce(
      (state, name) => {
        const pooled = answer(state, "pgbouncer", name, (was) => ({
          ...was,
          databases: many((i) => ({ ...was.databases[0], name: `db${i}` }) as (typeof was.databases)[number]),
          pools: many((i) => ({ ...was.pools[0], database: `db${i}`, user: `user${i}` }) as (typeof was.pools)[number]),
          stats: many((i) => ({ ...was.stats[0], database: `db${i}` }) as (typeof was.stats)[number]),
        }));
        const slot = { type: "logical", active: true, walStatus: "reserved", retainedBytes: 0, safeWalBytes: null };
        return patchPostgres(pooled, name, { slots: many((i) => ({ ...slot, name: `slot${i}`, database: `db${i}` })) });
      },
      healthyState({ names: NAMES, clientEye: true }),
    );
  }

  test("is bounded by members, pools and sources, for seven members", async () => {
    const snapshot = withBackups(picture(crowded(1)));
    const lines = await linesOf([snapshot], { now: NOW });
    expect(lines.length).toBeLessThanOrEqual(boundOf(snapshot));
  });

  test("does not grow with databases, users and slots", async () => {
    const series = async (count: number) =>
      (await linesOf([withBackups(picture(crowded(count)))], { now: NOW })).map((line) => line.split(" ")[0]).length;
    expect(await series(100)).toBe(await series(1));
  });

  test("no label could carry a query, a user, a database or an application", () => {
    const labels = new Set(FAMILIES.flatMap((family) => family.labels));
    expect([...labels].sort()).toEqual(
      [
        "address",
        "dcs",
        "environment",
        "haproxy",
        "holder",
        "kind",
        "member",
        "notifier",
        "outcome",
        "pool",
        "record",
        "role",
        "rule",
        "scope",
        "severity",
        "source",
        "state",
        "target",
        "title",
        "version",
      ].sort(),
    );
  });
});

test("names follow Prometheus' conventions: base units, and _total for counters alone", () => {
  for (const { name, type, help } of FAMILIES) {
    expect(name).toMatch(/^matriarch_[a-z]+(_[a-z]+)*$/);
    expect(name.endsWith("_total"), name).toBe(type === "counter");
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|days|kb|mb|percent)(_|$)/);
    expect(help).toMatch(/\.$/);
  }
  expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
});
