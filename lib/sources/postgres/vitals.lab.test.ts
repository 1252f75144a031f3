import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentials, ensureUp, execAsPostgres, HOSTS, type HostName, hostAddress, PORTS, settle } from "@/lab/index";
import { DISK_SQL } from "@/lab/services/patroni";
import { Secret } from "@/lib/config/types";
import type { Result } from "@/lib/domain/observation";
import { createPostgresProbe, type PostgresProbe } from "./client";

let leader: HostName = "node1";
const probes: PostgresProbe[] = [];

beforeAll(async () => {
  await ensureUp();
  leader = (await settle()).writable[0] ?? leader;
});
afterAll(async () => {
  for (const probe of probes) await probe.close();
});

async function probeOf(host: HostName, user = "matriarch", word = credentials().matriarch): Promise<PostgresProbe> {
  const probe = createPostgresProbe({
    host: hostAddress(host),
    port: PORTS.postgres,
    user,
    password: new Secret(word),
    database: "postgres",
    sslmode: "prefer",
    ca: null,
    timeoutMs: 2_000,
    applicationName: "matriarch-lab-vitals",
    onLost: () => undefined,
  });
  probes.push(probe);
  answered(await probe.look());
  return probe;
}

function answered<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.text}`);
  return result.value;
}

async function sql(host: HostName, text: string): Promise<string> {
  return (await execAsPostgres(host, ["psql", "-XAtq", "-c", text])).stdout.trim();
}

async function until<T>(what: string, deadlineMs: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("the slow look", () => {
  test.each(HOSTS)("%s: settings, archiver and age are what psql says", async (host) => {
    const vitals = answered(await (await probeOf(host)).vitals());
    const expected = await sql(
      host,
      `SELECT concat_ws('|', current_setting('max_connections'),
         (SELECT max(age(datfrozenxid)) FROM pg_database WHERE datallowconn), current_setting('archive_mode'),
         (SELECT archived_count >= ${vitals.archiver.archivedCount} FROM pg_stat_archiver), pg_is_in_recovery())`,
    );
    const found = [vitals.maxConnections, vitals.transactionIdAge, vitals.archiver.mode, "t"];
    expect(expected).toBe([...found, vitals.inRecovery ? "t" : "f"].join("|"));
    expect(vitals.archiver).toMatchObject({ configured: true, backlog: { files: expect.any(Number) } });
  });

  test.each(HOSTS)("%s: what members should share is what SHOW prints; ages and damage are psql's", async (host) => {
    const vitals = answered(await (await probeOf(host)).vitals());
    for (const [name, value] of Object.entries(vitals.settings)) expect(value).toBe(await sql(host, `SHOW ${name}`));
    expect(Object.keys(vitals.settings).length).toBeGreaterThan(10);
    const expected = await sql(
      host,
      `SELECT concat_ws('|', (SELECT max(mxid_age(datminmxid)) FROM pg_database WHERE datallowconn),
         (SELECT sum(checksum_failures) FROM pg_stat_database), pg_conf_load_time(),
         (SELECT max(age(datfrozenxid)) FROM pg_database WHERE datname = '${vitals.oldestDatabase}'))`,
    );
    const { multixactAge, databases, configuredAt, transactionIdAge } = vitals;
    expect([multixactAge, databases.checksumFailures, configuredAt, transactionIdAge].join("|")).toBe(expected);
    expect(databases).toMatchObject({ checksumFailures: 0, checksumLastFailureAt: null });
  });

  test("counters lie between what psql says before and after; the sessions are counted as it counts them", async () => {
    const totals = `SELECT sum(xact_commit) || ' ' || sum(blks_hit) || ' ' || (SELECT sum(num_timed + num_requested + restartpoints_timed + restartpoints_req)
      FROM pg_stat_checkpointer) FROM pg_stat_database`;
    const numbers = async () => (await sql(leader, totals)).split(" ").map(Number);
    const probe = await probeOf(leader);
    const before = await numbers();
    const { databases, checkpoints, connections } = answered(await probe.vitals());
    const after = await numbers();
    const found = [databases.commits, databases.blocksHit, checkpoints.timed + checkpoints.requested];
    for (const [index, value] of found.entries()) {
      expect(value).toBeGreaterThanOrEqual(before[index] ?? Number.NaN);
      expect(value).toBeLessThanOrEqual(after[index] ?? Number.NaN);
    }
    expect(connections?.idle).toBeGreaterThan(0);
  });

  test("a session that idles in a transaction, one that holds a lock and one that waits for it", async () => {
    const probe = await probeOf(leader);
    const hold = "SELECT pg_advisory_lock(4711); BEGIN; SELECT 1; \\! sleep 3\nROLLBACK;";
    const psql = ["psql", "-XAtq", "-d", "postgres"];
    const holding = execAsPostgres(leader, psql, { input: hold });
    const isHeld = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND granted";
    await until("the lock", 3_000, async () => (await sql(leader, isHeld)) || undefined);
    const waiting = execAsPostgres(leader, psql, { input: "SELECT pg_advisory_lock(4711);" });
    const seen = await until("a session that waits", 3_000, async () => {
      const vitals = answered(await probe.vitals());
      const { connections, lockWaits } = vitals;
      return connections && connections.waiting > 0 && lockWaits ? { ...vitals, connections, lockWaits } : undefined;
    });
    expect(seen.connections).toMatchObject({ idleInTransaction: expect.any(Number) });
    expect(seen.connections.idleInTransaction).toBeGreaterThan(0);
    expect(seen.oldestTransactionSeconds).toBeGreaterThan(0);
    expect(seen.longestIdleInTransaction).toMatchObject({ user: "postgres", application: "psql" });
    expect(seen.longestTransaction?.seconds).toBeGreaterThanOrEqual(
      seen.longestIdleInTransaction?.seconds ?? Number.NaN,
    );
    expect(seen.lockWaits.sessions).toBe(1);
    expect(seen.lockWaits.longestSeconds).toBeLessThan(10);
    const { pid } = seen.longestIdleInTransaction ?? {};
    expect(await sql(leader, `SELECT query FROM pg_stat_activity WHERE pid = ${pid}`)).toBe("SELECT 1;");
    await Promise.all([holding, waiting]);
  });

  test("all looks of a probe are one session", async () => {
    const probe = await probeOf(leader);
    await Promise.all([probe.look(), probe.vitals(), probe.sizes(), probe.look()]);
    await probe.close();
    const open = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'matriarch-lab-vitals'";
    const others = probes.length - 1;
    expect(Number(await sql(leader, open))).toBeLessThanOrEqual(others);
  });

  test("a role without pg_monitor gets the counters, and neither sessions nor files", async () => {
    const vitals = answered(await (await probeOf(leader, "matriarch_bare", credentials().matriarchBare)).vitals());
    expect(vitals).toMatchObject({ connections: null, archiver: { backlog: null, mode: "on", configured: true } });
    expect(vitals.databases.commits).toBeGreaterThan(0);
    expect(vitals).toMatchObject({
      longestTransaction: null,
      longestIdleInTransaction: null,
      lockWaits: null,
      disk: null,
    });
    expect(vitals.settings).toMatchObject({ shared_preload_libraries: null, max_connections: expect.any(String) });
  });

  test("a server whose disks can be told tells what df says, on the leader and on a standby", async () => {
    const standby = HOSTS.find((host) => host !== leader) ?? leader;
    const installed = { input: readFileSync(DISK_SQL, "utf8") };
    await execAsPostgres(leader, ["psql", "-Xq", "-v", "ON_ERROR_STOP=1"], installed);
    const there = "SELECT count(*) FROM pg_proc WHERE proname = 'disk_space'";
    await until("the function on the standby", 10_000, async () =>
      (await sql(standby, there)) === "1" ? true : undefined,
    );
    for (const host of [leader, standby]) {
      const { disk } = answered(await (await probeOf(host)).vitals());
      const folder = await sql(host, "SHOW data_directory");
      const said = await execAsPostgres(host, ["df", "-kP", folder]);
      const [, total, used, free, , mount] = said.stdout.trim().split("\n")[1]?.split(/\s+/) ?? [];
      const data = disk?.disks.find(({ holds }) => holds.includes("data"));
      expect(data).toMatchObject({ holds: expect.arrayContaining(["wal"]), mount, totalBytes: Number(total) * 1_024 });
      for (const [bytes, blocks] of [
        [data?.usedBytes, used],
        [data?.freeBytes, free],
      ] as const) {
        expect(Math.abs((bytes ?? Number.NaN) - Number(blocks) * 1_024)).toBeLessThan(2 ** 30);
      }
      const left = await execAsPostgres(host, ["sh", "-c", "ls /dev/shm | grep -c matriarch; true"]);
      expect(left.stdout.trim()).toBe("0");
    }
  });

  test("sizes are what pg_database_size says", async () => {
    const { databases } = answered(await (await probeOf(leader)).sizes());
    const listed = await sql(
      leader,
      "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE NOT datistemplate AND datallowconn",
    );
    expect(databases.map(({ name }) => name).join(" ")).toBe(listed);
    const postgres = databases.find(({ name }) => name === "postgres")?.bytes ?? 0;
    const size = Number(await sql(leader, "SELECT pg_database_size('postgres')"));
    expect(Math.abs(postgres - size)).toBeLessThan(8 * 1024 * 1024);
  });
});

test("an archive command that fails is seen with its file, and so is its return", async () => {
  const probe = await probeOf(leader);
  const set = async (change: string) => {
    await sql(leader, `ALTER SYSTEM ${change}`);
    await sql(leader, "SELECT pg_reload_conf()");
  };
  const write = "SELECT pg_switch_wal() FROM (SELECT pg_logical_emit_message(false, 'lab', 'archive')) AS written";
  const archiver = async () => answered(await probe.vitals()).archiver;
  const before = await archiver();
  try {
    await set("SET archive_command = '/bin/false'");
    await sql(leader, write);
    const failing = await until("a failure", 20_000, async () => {
      const now = await archiver();
      return now.failedCount > before.failedCount ? now : undefined;
    });
    expect(failing.lastFailedAt ?? "").not.toBe(before.lastFailedAt);
    expect(await sql(leader, "SELECT last_failed_wal FROM pg_stat_archiver")).toBe(failing.lastFailedWal);
    expect(failing.backlog?.files).toBeGreaterThan(0);
  } finally {
    await set("RESET archive_command");
    await sql(leader, write);
  }
  await until("archiving again", 60_000, async () => {
    const { lastArchivedAt, lastFailedAt } = await archiver();
    return lastArchivedAt !== null && lastFailedAt !== null && lastArchivedAt > lastFailedAt ? true : undefined;
  });
});
