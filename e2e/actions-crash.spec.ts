import { join } from "node:path";
import Database from "better-sqlite3";
import { type HostName, readTruth, service, settle } from "@/lab/index";
import type { OperationPhase } from "@/lib/domain/actions/operation";
import { apiOf } from "./support/api";
import { type Dashboard, makeDashboard, RESULTS } from "./support/dashboard";
import { expect, NOBODY, test } from "./support/fixtures";
import { failoverKey, followersOf, freePlan, lockKey, reign, steady, switchoverTo } from "./support/steady";
import { until } from "./support/until";

test.use({ storageState: NOBODY });

const ENDS_WITHIN_MS = 120_000;
const STORE = join(RESULTS, "crash-actions.db");

/** A row of the audit log that takes seconds to be written holds the dashboard in the phase before it. */
const SLOW: Partial<Record<OperationPhase, string>> = { checking: "operation-requested", locked: "operation-step" };
const SLOWER_ROWS = 30_000_000;

function withStore<T>(work: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(STORE, { timeout: 5_000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const slowDown = (kind: string) =>
  withStore((db) =>
    db.exec(
      `create trigger slow_audit before insert on audit when new.kind = '${kind}' begin
         select (with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SLOWER_ROWS}) select count(*) from n);
       end`,
    ),
  );
const speedUp = () => withStore((db) => db.exec("drop trigger if exists slow_audit"));

/** The operation that is under way, as the store has it. */
const stored = () =>
  withStore((db) => {
    const row = db.prepare("select body from operation where open = 1").get() as { body: string } | undefined;
    return row ? (JSON.parse(row.body) as { id: string; phase: OperationPhase; state: string }) : null;
  });

test.describe("a dashboard that is killed", () => {
  let dashboard: Dashboard;
  test.beforeAll(async ({ accounts }) => {
    await settle();
    dashboard = await makeDashboard({ name: "crash", accounts, storeUrl: `sqlite:${STORE}` });
    await dashboard.start();
    await dashboard.ready();
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    await settle();
  });

  const deaths = [
    { phase: "checking", when: "" },
    { phase: "locked", when: "" },
    { phase: "calling", when: ", before anything is sent or just after" },
    { phase: "calling", when: ", with Patroni at it", taken: true },
    { phase: "verifying", when: "" },
  ] as const satisfies readonly { phase: OperationPhase; when: string; taken?: boolean }[];
  for (const { phase, when, ...more } of deaths) {
    const sent = phase === "verifying" || "taken" in more;
    test(`in the phase ${phase} of a switchover${when}: its successor finds the right word, frees the lock, and the chain is whole`, async () => {
      const [api, admin] = [apiOf(dashboard), apiOf(dashboard, "admin")];
      const before = await steady();
      const [candidate] = followersOf(before.leaderKey);
      const plan = await freePlan(api, switchoverTo(candidate as HostName));
      const slow = SLOW[phase];
      if (slow) slowDown(slow);
      // The dashboard dies with it; what it would have answered nobody hears.
      const answer = api.execute(plan).catch(() => null);
      const died = await until(
        () => {
          const operation = stored();
          return operation?.phase === phase ? operation : undefined;
        },
        { deadlineMs: 60_000, everyMs: 5, what: `the operation to be in the phase ${phase}`, seen: stored },
      );
      if ("taken" in more) {
        await until(async () => ((await failoverKey()).includes(before.leaderKey) ? true : undefined), {
          deadlineMs: 10_000,
          everyMs: 20,
          what: "Patroni to take the switchover",
        });
      }
      await dashboard.kill();
      await answer;
      expect(stored()?.phase, "the phase that it died in").toBe(phase);
      // The lock is not dropped with the process: until somebody knows what became of it, nobody else may act.
      if (phase !== "checking") expect(await lockKey()).toContain(died.id);
      speedUp();

      await dashboard.start();
      await dashboard.ready();
      const ended = await api.ended(died.id, ENDS_WITHIN_MS);
      expect(ended.resumed).toBeGreaterThan(0);
      if (sent) {
        expect(ended.state, JSON.stringify(ended.outcome)).toBe("done");
        await steady(candidate as HostName);
      } else if (phase === "calling") {
        // Whether the call left the process in its last moment only the cluster knows.
        const happened = (await steady()).leaderKeyRevision !== before.leaderKeyRevision;
        expect(ended.state, JSON.stringify(ended.outcome)).toBe(happened ? "done" : "failed");
      } else {
        expect([ended.state, ended.outcome?.code]).toEqual(["failed", "not-sent"]);
        expect(reign(await readTruth())).toEqual(reign(before));
      }
      await until(async () => ((await lockKey()) === null ? true : undefined), {
        deadlineMs: 5_000,
        what: "our key in etcd to be gone",
      });
      expect(withStore((db) => db.prepare("select count(*) as n from cluster_lock").get())).toEqual({ n: 0 });
      const verdict = await admin.call<{ kind: string }>("GET", "/audit?verify=1");
      expect(verdict.ok && verdict.body.kind).toBe("whole");
    });
  }
});

test.describe("an answer of Patroni that tells nothing", () => {
  let dashboard: Dashboard;
  test.beforeAll(async ({ accounts }) => {
    await settle();
    dashboard = await makeDashboard({ name: "late-answer", accounts });
    await dashboard.start();
    await dashboard.ready();
  });
  test.afterAll(async () => {
    await dashboard?.stop();
    await settle();
  });

  const LATE_MS = 12_000;
  const cases = [
    {
      name: "late: the old leader's REST is frozen while the leader key moves, and thawed after a while",
      disturb: (host: HostName) => service("freeze", host, "patroni"),
      mend: (host: HostName) => service("thaw", host, "patroni"),
    },
    {
      name: "never: the old leader's Patroni is killed while the leader key moves",
      disturb: (host: HostName) => service("kill", host, "patroni"),
      mend: (host: HostName) => service("start", host, "patroni"),
    },
  ];
  for (const { name, disturb, mend } of cases) {
    test(`${name}: the switchover happened, and is called done`, async () => {
      const api = apiOf(dashboard);
      const { leaderKey: old } = await steady();
      const [candidate] = followersOf(old);
      const plan = await freePlan(api, switchoverTo(candidate as HostName));
      const begun = await api.execute(plan);
      if (!begun.ok) throw new Error(JSON.stringify(begun.problem));
      await until(async () => ((await readTruth()).leaderKey === candidate ? true : undefined), {
        deadlineMs: 40_000,
        everyMs: 20,
        what: "the leader key to move",
      });
      await disturb(old);
      const disturbedAt = Date.now();
      const unanswered = await api.operation(begun.body.id);
      // While its answer is out and the former leader away, it is neither done nor failed.
      await until(
        async () => {
          const now = await api.operation(begun.body.id);
          expect(["running"], JSON.stringify(now.outcome)).toContain(now.state);
          return Date.now() - disturbedAt > LATE_MS ? true : undefined;
        },
        { deadlineMs: LATE_MS + 5_000, everyMs: 500, what: "the time of silence to pass" },
      );
      await mend(old);
      const ended = await api.ended(begun.body.id, ENDS_WITHIN_MS);
      expect(ended.state, JSON.stringify(ended)).toBe("done");
      await steady(candidate as HostName);
      console.log(
        `answers of Patroni: ${ended.answers.map(({ kind, status, tookMs }) => `${kind} ${status} after ${tookMs} ms`).join(", ") || "none"}; when disturbed: ${unanswered.answers.length}`,
      );
    });
  }
});
