import { describe, expect, test } from "vitest";
import type { ClusterConfig } from "@/lib/config/types";
import { instant } from "@/lib/domain/ids";
import { ok } from "@/lib/domain/observation";
import type { Eyes } from "./eyes";
import { broken, CLUSTER, look, SECRET } from "./testing/report";

describe("whether acting would be let", () => {
  test.each<[string, Partial<Eyes>, Partial<ClusterConfig>, RegExp, RegExp]>([
    [
      "etcd lets us read only",
      { lock: async () => ({ kind: "not-permitted" }) },
      {},
      /! DCS etcd3 +\/matriarch\/demo\/lock .*may not be written/,
      /readwrite \/matriarch\/demo\/lock, for the role of reader/,
    ],
    [
      "role may not end sessions",
      { maySignal: async () => ok(false) },
      {},
      /! PostgreSQL node1 .*matriarch may not cancel/,
      /GRANT pg_signal_backend TO "matriarch";/,
    ],
    [
      "PgBouncer lets us look only",
      { mayPause: async () => ok(false) },
      {},
      /! PgBouncer node1 .*stats may look, but not pause/,
      /pgbouncer\.adminUser/,
    ],
    [
      "PgBouncer refuses the admin",
      { mayPause: broken("unauthorized") },
      { pgbouncer: CLUSTER.pgbouncer && { ...CLUSTER.pgbouncer, admin: { user: "boss", password: SECRET } } },
      /✗ PgBouncer node1 .*said so/,
      /Add boss to stats_users|admin_users/,
    ],
    [
      "HAProxy's page shows no form",
      { maySetServers: async () => ok(false) },
      {},
      /! HAProxy node1 .*may not be drained.*the page/,
      /stats admin if TRUE/,
    ],
  ])("%s: says so, with a suggestion", async (_name, eyes, cluster, line, advice) => {
    const { text, code } = await look(eyes, cluster);
    expect(text).toMatch(line);
    expect(text).toMatch(advice);
    expect(code).toBe(1);
    expect(text).not.toContain("hunter2");
  });

  test("what this dashboard is told never to do needs no right", async () => {
    const may = {
      maySignal: async () => ok(false),
      mayPause: async () => ok(false),
      maySetServers: async () => ok(false),
    };
    const disabled = [
      "backend-cancel",
      "backend-terminate",
      "pgbouncer-pause",
      "pgbouncer-resume",
      "pgbouncer-reconnect",
      "haproxy-server",
    ] as const;
    expect((await look(may)).code).toBe(1);
    expect((await look(may, { actions: { ...CLUSTER.actions, disabled } })).code).toBe(0);
  });

  test("a lock that is held is a note that says by whom", async () => {
    const by = { operationId: "1", action: "switchover", actor: "anna", dashboard: "desk", at: instant(0) };
    const { text, code } = await look({ lock: async () => ({ kind: "held", by }) });
    expect(text).toMatch(/· DCS etcd3 .*held now: switchover by anna/);
    expect(code).toBe(0);
  });
});
