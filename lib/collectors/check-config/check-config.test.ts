import { describe, expect, test } from "vitest";
import type { ClusterConfig } from "@/lib/config/types";
import { ok } from "@/lib/domain/observation";
import { finds } from "@/lib/domain/testing/client-eye";
import { createT } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import type { Eyes } from "./eyes";
import { renderReport } from "./render";
import { broken, CLUSTER, first, goodOf, HEALTHY, look, STATE, statusAt } from "./testing/report";

describe("check-config", () => {
  test("finds nothing missing where nothing is", async () => {
    const { text, code, report } = await look({});
    expect(text.split("\n").filter((line) => /^ {2}[!✗]/.test(line))).toEqual([]);
    expect(code).toBe(0);
    const seen = new Set(report.clusters[0]?.lines.map((line) => line.subject));
    expect([...seen]).toEqual([
      "dcs",
      "dcs-member",
      "seed",
      "patroni",
      "rest",
      "postgres",
      "pgbouncer",
      "haproxy",
      "vip",
      "client-eye",
      "backups",
    ]);
  });

  test.each<[string, Partial<Eyes>, Partial<ClusterConfig>, RegExp, RegExp]>([
    [
      "role lacks pg_monitor",
      { postgres: async () => ok({ ...first(STATE.postgres), canReadReplication: false }) },
      {},
      /! PostgreSQL node1 .*as matriarch/,
      /GRANT pg_monitor TO "matriarch";/,
    ],
    [
      "password refused by PostgreSQL",
      { postgres: broken("unauthorized") },
      {},
      /✗ PostgreSQL node1 .*Password refused/,
      /pg_hba\.conf lets matriarch into postgres/,
    ],
    [
      "write port leads to a replica",
      { clientEye: async () => ok(finds(1, "read-only")) },
      {},
      /✗ Client’s eye .*10\.0\.0\.200:7000 .*only read/,
      /vip\.writePort lead to the leader/,
    ],
    [
      "pooler behind the VIP does not know us",
      { clientEye: broken("unauthorized") },
      {},
      /✗ Client’s eye .*Password refused/,
      /check that it knows matriarch/,
    ],
    [
      "REST needs a password",
      { restAccess: async () => ok("unauthorized") },
      { patroni: { ...CLUSTER.patroni, username: null, password: null } },
      /! REST actions node1/,
      /Set patroni\.username and patroni\.password/,
    ],
    [
      "REST refuses the password",
      { restAccess: async () => ok("unauthorized") },
      {},
      /✗ REST actions node1 .*password of patroni is refused/,
      /restapi\.authentication/,
    ],
    [
      "REST takes actions from anyone",
      {},
      { patroni: { ...CLUSTER.patroni, username: null, password: null } },
      /! REST actions node1 .*from anyone/,
      /Set restapi\.authentication/,
    ],
    [
      "REST refuses our address",
      { restAccess: async () => ok("forbidden") },
      {},
      /! REST actions node1/,
      /restapi\.allowlist/,
    ],
    [
      "another cluster behind a seed",
      { patroniStatus: async (_c, origin) => ok({ ...statusAt(origin), scope: "other" }) },
      {},
      /✗ Patroni seed .*Another one answered/,
      /scope other/,
    ],
    ["HAProxy refuses the password", { haproxy: broken("unauthorized") }, {}, /✗ HAProxy node1/, /stats auth/],
    [
      "pool that is not on the page",
      {},
      { haproxy: CLUSTER.haproxy && { ...CLUSTER.haproxy, writePool: "writes" } },
      /✗ HAProxy node1 .*writePool names writes.*postgres_master, postgres_replicas/,
      /Set haproxy\.writePool/,
    ],
    [
      "write pool not configured",
      {},
      { haproxy: CLUSTER.haproxy && { ...CLUSTER.haproxy, writePool: null } },
      /! HAProxy node1 .*pools on the page: postgres_master/,
      /Set haproxy\.writePool/,
    ],
    [
      "VIP that does not answer",
      {
        vip: async () =>
          ok({
            address: "10.0.0.200",
            probes: [{ method: "patroni" as const, evidence: null, failure: { kind: "timeout", text: "" } }],
          }),
      },
      {},
      /✗ VIP +10\.0\.0\.200/,
      /Keepalived or vip-manager/,
    ],
    ["etcd wants a password", { dcsView: broken("unauthorized") }, {}, /✗ DCS etcd3/, /dcs\.username/],
    [
      "etcd hides the scope from this user",
      { dcsView: broken("forbidden") },
      {},
      /✗ DCS etcd3/,
      /user reader the right to read \/service\/demo\//,
    ],
    ["etcd shows status to root only", { dcsStatus: broken("forbidden") }, {}, /! etcd /, /works without it/],
    [
      "nothing under the path",
      { dcsView: async () => ok({ ...goodOf(STATE.dcs), members: [], leader: null, systemId: null }) },
      {},
      /✗ DCS etcd3 .*nothing is stored/,
      /dcs\.namespace/,
    ],
    [
      "PgBouncer refuses the user",
      { pgbouncer: broken("unauthorized") },
      {},
      /✗ PgBouncer node1/,
      /Add stats to stats_users/,
    ],
    ["PgBouncer is not there", { pgbouncer: broken("refused") }, {}, /✗ PgBouncer node1/, /pgbouncer\.port/],
  ])("%s: says so, with a suggestion", async (_name, eyes, cluster, line, advice) => {
    const { text, code } = await look(eyes, cluster);
    expect(text).toMatch(line);
    expect(text).toMatch(advice);
    expect(code).toBe(1);
    expect(text).not.toContain("hunter2");
  });

  test("asks about actions only where the right member has proven to be", async () => {
    const asked: string[] = [];
    const other = {
      patroniStatus: (async (_c, origin) =>
        ok({ ...statusAt(origin), scope: "other" })) satisfies Eyes["patroniStatus"],
    };
    const restAccess: Eyes["restAccess"] = async (_cluster, origin) => {
      asked.push(origin);
      return ok("accepted");
    };
    await look({ ...other, restAccess });
    expect(asked).toEqual([]);
    await look({ restAccess });
    expect(asked).toHaveLength(3);
  });

  test("learns the members from a seed when the DCS cannot be read, and says when it cannot at all", async () => {
    expect((await look({ dcsView: broken("refused") })).text).toContain("PostgreSQL node3");
    const blind = await look({
      dcsView: broken("refused"),
      patroniCluster: broken("refused"),
      patroniStatus: broken("refused"),
    });
    expect(blind.text).toMatch(/✗ Members/);
    expect(blind.text).toContain("HAProxy node1");
  });

  test("etcd members that are not configured are a note, not a fault", async () => {
    const { text, code } = await look({ dcsMembers: async () => ok([{ clientUrls: ["http://10.0.0.9:2379"] }]) });
    expect(text).toMatch(/· etcd .*http:\/\/10\.0\.0\.9:2379/);
    expect(code).toBe(0);
  });

  test("warns when nobody could sign in", async () => {
    const { text, code } = await look({}, {}, { users: [] });
    expect([code, text.includes("npm run hash-password")]).toEqual([1, true]);
  });

  test("every sentence exists and can be filled in, in both languages", async () => {
    const missing: string[] = [];
    for (const [locale, texts] of [
      ["en", en],
      ["ru", ru],
    ] as const) {
      const translate = createT(locale, texts, (problem) => missing.push(problem));
      for (const kind of [
        "unauthorized",
        "forbidden",
        "refused",
        "timeout",
        "dns",
        "tls",
        "wrong-identity",
        "malformed",
        "insufficient-privilege",
        "no-quorum",
        "http-status",
      ] as const) {
        const every = Object.fromEntries(Object.keys(HEALTHY).map((key) => [key, broken(kind)])) as unknown as Eyes;
        const all: Eyes = { ...every, lock: async () => ({ kind: "failed", text: kind }) };
        for (const eyes of [all, { ...all, dcsView: HEALTHY.dcsView }, { ...HEALTHY, restAccess: all.restAccess }]) {
          renderReport((await look(eyes)).report, translate);
        }
      }
      const no = async () => ok(false);
      const lock: Eyes["lock"] = async () => ({ kind: "not-permitted" });
      const mayNot = { lock, maySignal: no, mayPause: no, maySetServers: no };
      for (const eyes of [{}, mayNot]) renderReport((await look(eyes)).report, translate);
    }
    expect(missing).toEqual([]);
  });
});
