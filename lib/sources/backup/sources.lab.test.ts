import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  credentials,
  ensureUp,
  execAsPostgres,
  HOSTS,
  type HostName,
  hostAddress,
  PORTS,
  SCOPE,
  settle,
} from "@/lab/index";
import { type BackupConfig, Secret } from "@/lib/config/types";
import type { BackupFacts } from "@/lib/domain/backups/facts";
import type { Result } from "@/lib/domain/observation";
import { askByCommand } from "./command";
import { readDirectory } from "./directory/read";
import { askBaseBackups, askBySql } from "./sql";

let leader: HostName;
const folder = mkdtempSync(join(tmpdir(), "matriarch-base-backups-"));
const never = new AbortController().signal;

beforeAll(async () => {
  await ensureUp();
  leader = (await settle()).writable[0] ?? "node1";
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const access = (user = "matriarch", word = credentials().matriarch) => ({
  user,
  password: new Secret(word),
  database: "postgres",
  sslmode: "prefer" as const,
  ca: null,
  intervalMs: 2_000,
  vitalsIntervalMs: 15_000,
  showQueries: "operator" as const,
  timeoutMs: 3_000,
});
const server = (host: HostName) => ({ host: hostAddress(host), port: PORTS.postgres });
const config = (over: Partial<BackupConfig> = {}): BackupConfig => ({
  name: "pgbackrest",
  kind: "pgbackrest",
  via: "sql",
  stanza: SCOPE,
  function: "matriarch.pgbackrest_info",
  command: [],
  ssh: null,
  path: null,
  intervalMs: 60_000,
  timeoutMs: 10_000,
  maxAgeMs: 93_600_000,
  outputMaxBytes: 32 * 1024 * 1024,
  ...over,
});
const factsOf = (result: Result<BackupFacts>): BackupFacts => {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.text}`);
  return result.value;
};

describe("pgBackRest through SQL", () => {
  test.each(HOSTS)(
    "%s, leader or standby: the backups of pgbackrest info, and the cluster's own identifier",
    async (host) => {
      const facts = factsOf(await askBySql(access(), server(host), config(), never));
      const args = [`--stanza=${SCOPE}`, "--output=json", "--log-level-console=off", "info"];
      const { stdout } = await execAsPostgres(host, ["pgbackrest", ...args]);
      const truth = JSON.parse(stdout) as { backup: { label: string }[] }[];
      expect(facts.stanzas[0]?.backups.map(({ label }) => label)).toEqual(truth[0]?.backup.map(({ label }) => label));
      const control = await execAsPostgres(host, [
        "psql",
        "-XAtqc",
        "SELECT system_identifier FROM pg_control_system()",
      ]);
      expect(facts.stanzas[0]?.systemId).toBe(control.stdout.trim());
      expect(facts.stanzas[0]?.running?.held).toBe(false);
    },
  );

  test("leaves no file behind", async () => {
    factsOf(await askBySql(access(), server(leader), config(), never));
    const sql = "SELECT count(*) FROM pg_ls_dir('pg_stat_tmp') f WHERE f LIKE 'matriarch-%'";
    expect((await execAsPostgres(leader, ["psql", "-XAtqc", sql])).stdout.trim()).toBe("0");
  });

  test("a role that may not call it is told so; a function that is not there is unsupported", async () => {
    const bare = access("matriarch_bare", credentials().matriarchBare);
    expect(await askBySql(bare, server(leader), config(), never)).toMatchObject({
      ok: false,
      failure: { kind: "insufficient-privilege" },
    });
    const asked = await askBySql(access(), server(leader), config({ function: "matriarch.nothing" }), never);
    expect(asked).toMatchObject({ ok: false, failure: { kind: "unsupported" } });
  });

  test("a function that writes, as the usual one with a temporary table does, is said to be of no use", async () => {
    const psql = (sql: string) => execAsPostgres(leader, ["psql", "-XAtqc", sql]);
    await psql(
      "CREATE OR REPLACE FUNCTION matriarch.lab_writes() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN CREATE TEMPORARY TABLE answer (data text); RETURN '[]'; END $$; GRANT EXECUTE ON FUNCTION matriarch.lab_writes() TO matriarch",
    );
    try {
      const asked = await askBySql(access(), server(leader), config({ function: "matriarch.lab_writes" }), never);
      expect(asked).toMatchObject({
        ok: false,
        failure: { kind: "unsupported", text: expect.stringContaining("read-only") },
      });
    } finally {
      await psql("DROP FUNCTION matriarch.lab_writes()");
    }
  });

  test("a wrong password is unauthorized, and is not repeated", async () => {
    const asked = await askBySql(access("matriarch", "wrong-word"), server(leader), config(), never);
    expect(asked).toMatchObject({ ok: false, failure: { kind: "unauthorized" } });
    expect(JSON.stringify(asked)).not.toContain("wrong-word");
  });
});

describe("base backups", () => {
  test("none streams from a settled cluster; a role without pg_monitor is told that it cannot see", async () => {
    expect(await askBaseBackups(access(), server(leader), never)).toEqual({ ok: true, value: { streams: [] } });
    const bare = access("matriarch_bare", credentials().matriarchBare);
    expect(await askBaseBackups(bare, server(leader), never)).toMatchObject({
      ok: false,
      failure: { kind: "insufficient-privilege" },
    });
  });

  test("a real pg_basebackup is read from its folder; without its manifest it is incomplete", async () => {
    const made = "/tmp/matriarch-base-backup";
    await execAsPostgres(leader, ["rm", "-rf", made]);
    const from = `postgresql://replicator:${credentials().replicator}@127.0.0.1/`;
    const argv = ["pg_basebackup", "-d", from, "-D", made, "-c", "fast", "-X", "none", "--label=nightly"];
    await execAsPostgres(leader, argv, { deadlineMs: 60_000 });
    const read = async (name: string) => (await execAsPostgres(leader, ["cat", `${made}/${name}`])).stdout;
    await mkdir(join(folder, "whole"));
    await mkdir(join(folder, "cut-off"));
    await mkdir(join(folder, "something-else"));
    const manifest = await read("backup_manifest");
    for (const name of ["backup_label", "PG_VERSION"]) {
      const text = await read(name);
      await writeFile(join(folder, "whole", name), text);
      await writeFile(join(folder, "cut-off", name), text);
    }
    await writeFile(join(folder, "whole", "backup_manifest"), manifest);
    const size = await execAsPostgres(leader, [
      "sh",
      "-c",
      `grep -o '"Size": [0-9]*' ${made}/backup_manifest | awk '{s+=$2} END {print s}'`,
    ]);
    await execAsPostgres(leader, ["rm", "-rf", made]);
    const asked = config({ kind: "directory", via: "directory", path: folder, stanza: null, command: [] });
    const facts = factsOf(await readDirectory(asked, never));
    const listed = factsOf(await askByCommand({ ...asked, via: "command" }, never));
    const seconds = (at: string | null | undefined) => at?.slice(0, 19);
    expect(
      listed.stanzas[0]?.backups.map((one) => ({ ...one, stoppedAt: seconds(one.stoppedAt), durationMs: 0 })),
    ).toEqual(facts.stanzas[0]?.backups.map((one) => ({ ...one, stoppedAt: seconds(one.stoppedAt), durationMs: 0 })));
    const byLabel = new Map(facts.stanzas[0]?.backups.map((backup) => [backup.label, backup]));
    expect([...byLabel.keys()].sort()).toEqual(["cut-off", "whole"]);
    expect(byLabel.get("whole")).toMatchObject({
      type: "full",
      state: "done",
      databaseBytes: Number(size.stdout.trim()),
      annotation: { label: "nightly" },
      walStart: expect.stringMatching(/^[0-9A-F]{24}$/),
    });
    expect(byLabel.get("whole")?.startedAt).not.toBeNull();
    expect(byLabel.get("cut-off")).toMatchObject({ state: "incomplete", stoppedAt: null, databaseBytes: null });
  });
});
