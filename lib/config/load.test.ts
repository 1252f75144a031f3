import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "@/lib/domain/findings/limits";
import { loadConfig } from "./load";
import { BROKEN_ALERTS } from "./testing/broken-alerts";
import { BROKEN_RELATIONS } from "./testing/broken-relations";
import { BROKEN_SYNTAX } from "./testing/broken-syntax";
import { BROKEN_VALUES } from "./testing/broken-values";
import { HASH, MINIMAL, SECRET, TOKEN_HASH } from "./testing/configurations";
import type { Config } from "./types";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "matriarch-config-"));
  writeFileSync(join(folder, "password"), "from-a-file\n");
  writeFileSync(join(folder, "empty"), "\n");
  mkdirSync(join(folder, "a-folder"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ENV = { REST_PASSWORD: SECRET, HOST: "10.9.8.7", EMPTY: "", PORT_TEXT: "8123" };

function load(text: string, env: Record<string, string> = ENV) {
  const path = join(folder, "matriarch.yaml");
  writeFileSync(path, text);
  return loadConfig({ path, env });
}

function loaded(text: string, env?: Record<string, string>): Config {
  const result = load(text, env);
  if (result.kind === "error") throw new Error(result.message);
  return result.config;
}

const FULL = `server: { port: 3100, publicUrl: "https://dba.example.com/" }
store: { url: "postgres://matriarch:${SECRET}@db/matriarch" }
auth:
  users: [{ name: dba1, passwordHash: "${HASH}", role: admin }]
  tokens: [{ name: wall, hash: "${TOKEN_HASH.toUpperCase().replace("SHA256", "sha256")}", role: viewer }]
  sessionHours: 4
clusters:
  - scope: postgres-cluster
    title: "1C ERP, production"
    environment: production
    dcs: { kind: etcd3, endpoints: ["http://10.0.0.1:2379/"], namespace: /db/ }
    patroni: { seeds: ["http://\${HOST}:8008"], username: patroni, password: "\${REST_PASSWORD}", interval: 1500ms }
    postgres: { user: matriarch, passwordFile: password, database: postgres, sslmode: require, timeout: 5s }
    pgbouncer: { port: "\${PORT_TEXT}", user: stats, password: "x$\${y", adminUser: boss, adminPasswordFile: password }
    haproxy:
      nodes:
        - { name: node1, stats: "http://10.0.0.1:5000/", username: admin, password: "${SECRET}" }
        - { name: node2, stats: "http://10.0.0.2:5000/", runtime: "[fe80::1]:9999" }
      writePool: postgres_master
      readPool: postgres_replicas
    vip: { address: 10.0.0.200, follows: leader, writePort: 7000 }
    clientEye: {}
    backups: [{ kind: pgbackrest, stanza: postgres-cluster, via: sql }]
    actions: { approval: [failover], approvalWithin: 5m, disabled: [reinitialize, pgbouncer-pause] }
`;

describe("a good configuration", () => {
  test("needs a scope and one address only; everything else has its default", () => {
    const { server, store, auth, clusters } = loaded(MINIMAL);
    expect(server).toEqual({ port: 3000, publicUrl: null });
    expect(store.url.reveal()).toBe("sqlite:./data/matriarch.db");
    expect(auth).toEqual({ users: [], tokens: [], secret: null, sessionHours: 8 });
    expect(clusters).toEqual([
      {
        scope: "demo",
        title: "demo",
        environment: null,
        dcs: { kind: "none", endpoints: [], namespace: "service", username: null, password: null, tls: null },
        patroni: {
          seeds: ["http://10.0.0.1:8008"],
          username: null,
          password: null,
          tls: null,
          intervalMs: 2000,
          timeoutMs: 3000,
        },
        postgres: null,
        pgbouncer: null,
        haproxy: null,
        vip: null,
        clientEye: null,
        backups: [],
        findings: DEFAULT_LIMITS,
        actions: { approval: [], approvalWithinMs: 900_000, disabled: [] },
      },
    ]);
  });

  test("is taken over key by key, with variables, secret files and durations resolved", () => {
    const { server, store, auth, clusters } = loaded(FULL);
    const [cluster] = clusters;
    expect(server).toEqual({ port: 3100, publicUrl: "https://dba.example.com" });
    expect(store.url.reveal()).toContain(SECRET);
    expect(auth.users[0]?.passwordHash.reveal()).toBe(HASH);
    expect(auth.tokens[0]?.hash).toBe(TOKEN_HASH);
    expect(cluster?.dcs).toMatchObject({ kind: "etcd3", endpoints: ["http://10.0.0.1:2379"], namespace: "db" });
    expect(cluster?.patroni).toMatchObject({ seeds: ["http://10.9.8.7:8008"], username: "patroni", intervalMs: 1500 });
    expect(cluster?.patroni.password?.reveal()).toBe(SECRET);
    expect(cluster?.postgres).toMatchObject({ sslmode: "require", intervalMs: 2000, timeoutMs: 5000 });
    expect(cluster?.postgres?.password?.reveal()).toBe("from-a-file");
    expect(cluster?.pgbouncer).toMatchObject({ port: 8123, intervalMs: 5000, timeoutMs: 2000 });
    expect(cluster?.pgbouncer?.password?.reveal()).toBe("x${y".toString());
    expect(cluster?.pgbouncer?.admin?.user).toBe("boss");
    expect(cluster?.pgbouncer?.admin?.password?.reveal()).toBe("from-a-file");
    expect(cluster?.haproxy?.nodes.map(({ runtime }) => runtime)).toEqual([null, "[fe80::1]:9999"]);
    expect(cluster?.actions).toEqual({
      approval: ["failover"],
      approvalWithinMs: 300_000,
      disabled: ["reinitialize", "pgbouncer-pause"],
    });
    expect(cluster?.haproxy).toMatchObject({ writePool: "postgres_master", intervalMs: 2000, timeoutMs: 2000 });
    expect(cluster?.vip).toEqual({
      address: "10.0.0.200",
      follows: "leader",
      writePort: 7000,
      intervalMs: 1000,
      timeoutMs: 1000,
    });
  });

  test("the client's eye goes to the VIP's write port, by postgres' role unless it has its own", () => {
    const seen = loaded(FULL).clusters[0]?.clientEye;
    expect(seen).toMatchObject({
      host: "10.0.0.200",
      port: 7000,
      intervalMs: 250,
      timeoutMs: 1000,
      sslmode: "require",
    });
    expect(seen?.user).toBe(loaded(FULL).clusters[0]?.postgres?.user);
    expect(seen?.password?.reveal()).toBe("from-a-file");
    const own = `clientEye: { user: probe, password: "${SECRET}", database: app, interval: 500ms, timeout: 2s }`;
    const other = loaded(FULL.replace("clientEye: {}", own)).clusters[0]?.clientEye;
    expect(other).toMatchObject({ user: "probe", database: "app", intervalMs: 500, timeoutMs: 2000 });
    expect(other?.password?.reveal()).toBe(SECRET);
  });

  test("backups: the kind's usual way, command line and limits, unless told otherwise", () => {
    const [sql] = loaded(FULL).clusters[0]?.backups ?? [];
    expect(sql).toMatchObject({
      name: "pgbackrest",
      via: "sql",
      stanza: "postgres-cluster",
      function: "matriarch.pgbackrest_info",
      intervalMs: 60_000,
      maxAgeMs: 93_600_000,
    });
    const more = `${MINIMAL}    backups:
      - { kind: barman, stanza: main, via: ssh, ssh: { host: b1, identityFile: keys/id } }
      - { kind: wal-g, interval: 5m, maxAge: 8h }
      - { kind: directory, path: base }
      - { kind: directory, name: far, via: ssh, path: /srv/base, ssh: { host: b1 } }
`;
    const [barman, walg, directory, far] = loaded(more).clusters[0]?.backups ?? [];
    expect(barman).toMatchObject({
      command: ["barman", "-f", "json", "list-backups", "main"],
      ssh: { port: 22, user: null },
    });
    expect(barman?.ssh?.identityFile).toBe(join(folder, "keys/id"));
    expect(walg).toMatchObject({ via: "command", intervalMs: 300_000, maxAgeMs: 28_800_000 });
    expect(directory).toMatchObject({ via: "directory", path: join(folder, "base") });
    expect(far).toMatchObject({ via: "ssh", path: "/srv/base", command: [] });
  });

  test("shows no secret when it is printed", () => {
    const config = loaded(FULL);
    expect(JSON.stringify(config)).not.toContain(SECRET);
    expect(JSON.stringify(config)).not.toContain(HASH);
  });

  test("PORT wins over server.port, and MATRIARCH_CONFIG names the file", () => {
    expect(loaded(FULL, { ...ENV, PORT: "4000" }).server.port).toBe(4000);
    const result = loadConfig({ env: { ...ENV, MATRIARCH_CONFIG: join(folder, "matriarch.yaml") } });
    expect(result.kind).toBe("ok");
  });

  test.each(["etcd2", "consul"])("%s is accepted and read through Patroni", (kind) => {
    const text = MINIMAL.replace(
      "    patroni",
      `    dcs: { kind: ${kind}, endpoints: ["http://10.0.0.1:8500"] }\n    patroni`,
    );
    expect(loaded(text).clusters[0]?.dcs.kind).toBe(kind);
  });

  test("anchors may be used to say a thing once", () => {
    const text = `clusters:
  - scope: a
    patroni: &rest { seeds: ["http://10.0.0.1:8008"], username: u, password: "${SECRET}" }
  - scope: b
    patroni: *rest
`;
    expect(loaded(text).clusters[1]?.patroni.password?.reveal()).toBe(SECRET);
  });
});

describe("a broken configuration", () => {
  test.each([...BROKEN_SYNTAX, ...BROKEN_VALUES, ...BROKEN_RELATIONS, ...BROKEN_ALERTS])(
    "$name: key, line and expectation are named, and no secret is",
    ({ text, key, line, expected, found }) => {
      const result = load(text);
      const message = result.kind === "error" ? result.message : "accepted";
      const [first = ""] = message.split("\n").filter((one) => one.includes(key));
      expect(message).toContain("matriarch.yaml");
      expect(first).toContain(key);
      expect(first).toContain(`:${line}:`);
      expect(first).toContain(expected);
      if (found) expect(first).toContain(found);
      for (const secret of [SECRET, "from-a-file", HASH, "12345678"]) expect(message).not.toContain(secret);
    },
  );

  test("several mistakes are all named, in the order of the file, in one block", () => {
    const result = load(`server: { port: x }\n${MINIMAL}    vip: { address: y }\n    title: 3\n`);
    const lines = result.kind === "error" ? result.message.split("\n") : [];
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/matriarch\.yaml:1: server\.port: expected .*, found "x"$/);
    expect(lines[1]).toBe("and 2 more:");
    expect(lines[2]).toContain(":5: clusters[0].vip.address");
    expect(lines[3]).toContain(":6: clusters[0].title");
  });

  test("a file that is not there is named, with the way to name another", () => {
    const result = loadConfig({ path: join(folder, "none.yaml"), env: {} });
    expect(result).toMatchObject({
      kind: "error",
      message: expect.stringMatching(/none\.yaml: no such file.*MATRIARCH_CONFIG/),
    });
  });

  test("a bad PORT is refused without being repeated", () => {
    const result = load(MINIMAL, { PORT: SECRET });
    const message = result.kind === "error" ? result.message : "";
    expect(message).toContain("PORT");
    expect(message).not.toContain(SECRET);
  });
});
