import { readFileSync } from "node:fs";
import {
  cut,
  HOSTS,
  type HostName,
  heal,
  hostAddress,
  NETWORK,
  PORTS,
  readTruth,
  service,
  settle,
  type Truth,
  unsettled,
  waitForTruth,
} from "@/lab/index";
import type { SourceView } from "@/lib/domain/snapshot";
import { ClusterPage } from "./pages/cluster-page";
import { SignInPage } from "./pages/sign-in-page";
import { makeDashboard } from "./support/dashboard";
import { expectNamed, expectRestLive, type Fault, livesOn } from "./support/faults";
import { expect, NOBODY, test } from "./support/fixtures";
import { type Observing, observe } from "./support/observing";
import { until } from "./support/until";
import { word } from "./support/words";

/**
 * What cannot be seen is named, with the way in which it fails, and marked stale; the rest goes on; and no verdict rests on
 * what is stale (the honesty check holds that too, for every picture).
 */
test.describe.configure({ timeout: 200_000 });

test.beforeEach(() => settle());
test.afterEach(() => settle());

type Scene = {
  readonly watched: Observing;
  readonly cluster: ClusterPage;
  readonly leader: HostName;
  readonly replica: HostName;
};

const isWell = (truth: Truth): boolean => unsettled(truth) === null;
const etcdAt = (host: HostName): string => `dcs-member:http://${hostAddress(host)}:${PORTS.etcdClient}`;

/** What is asked about once a minute may meet the fault or not, and tells of the repair later than the rest. */
const askedSeldom = ({ kind }: SourceView): boolean => kind === "backup" || kind === "basebackup";

async function openScene(page: ClusterPage["page"], dashboard: Parameters<typeof observe>[0]): Promise<Scene> {
  await page.goto(dashboard.clusterPath);
  const watched = await observe(dashboard);
  const truth = await watched.agree({
    deadlineMs: 20_000,
    what: "page and hosts to agree before the fault",
    when: isWell,
  });
  const { recorder } = watched;
  const allFresh = () => recorder.latest()?.snapshot.sources.every(({ stale }) => !stale) || undefined;
  await until(allFresh, { deadlineMs: 90_000, what: "every source to be fresh before the fault" });
  const leader = HOSTS.find((host) => host === truth.leaderKey);
  const replica = HOSTS.findLast((host) => host !== leader);
  if (!leader || !replica) throw new Error("the settled lab has no leader or no replica");
  return { watched, cluster: new ClusterPage(page), leader, replica };
}

/** After the repair everything is fresh and agrees again, and nothing was false meanwhile. */
async function closeScene({ watched }: Scene, what: string): Promise<void> {
  await settle();
  await watched.agree({ deadlineMs: 45_000, what: `page and hosts to agree after ${what}`, when: isWell });
  await watched.assertHonest(what);
}

test("a replica's PostgreSQL hangs", async ({ page, dashboard }) => {
  const scene = await openScene(page, dashboard);
  const { watched, cluster, leader, replica } = scene;
  await service("freeze", replica, "postgres");
  const fault: Fault = {
    failing: [`postgres:${replica}`],
    kinds: ["timeout"],
    mayFail: (source) => askedSeldom(source) || livesOn(replica, hostAddress(replica))(source),
    deadlineMs: 20_000,
  };
  await expectNamed(watched, cluster, fault);
  await expectRestLive(watched, cluster, fault);
  await expect(cluster.main).toHaveAttribute("data-writer", leader);
  await closeScene(scene, "a frozen PostgreSQL");
});

test("a replica's Patroni hangs", async ({ page, dashboard }) => {
  const scene = await openScene(page, dashboard);
  const { watched, cluster, leader, replica } = scene;
  await service("freeze", replica, "patroni");
  const fault: Fault = {
    failing: [`patroni:${replica}`],
    // Patroni's queue holds five connections (a hung one's is soon full of HAProxy's checks): no more are taken then.
    kinds: ["timeout", "unreachable"],
    mayFail: () => false,
    deadlineMs: 20_000,
  };
  await expectNamed(watched, cluster, fault);
  await expectRestLive(watched, cluster, fault);
  await expect(cluster.main).toHaveAttribute("data-writer", leader);
  await closeScene(scene, "a frozen Patroni");
});

test("one member of etcd dies", async ({ page, dashboard }) => {
  const scene = await openScene(page, dashboard);
  const { watched, cluster, leader, replica } = scene;
  await service("kill", replica, "etcd");
  const fault: Fault = { failing: [etcdAt(replica)], kinds: ["refused"], mayFail: () => false, deadlineMs: 25_000 };
  await expectNamed(watched, cluster, fault);
  await expectRestLive(watched, cluster, fault);
  await expect(cluster.main).toHaveAttribute("data-leader", leader);
  await expect(cluster.main).toHaveAttribute("data-writer", leader);
  expect(watched.recorder.latest()?.snapshot.dcs.trust).toBe("fresh");
  await closeScene(scene, "a dead etcd member");
});

test("etcd loses its quorum", async ({ page, dashboard }) => {
  const scene = await openScene(page, dashboard);
  const { watched, cluster, leader } = scene;
  const [survivor, ...others] = HOSTS;
  if (!survivor) throw new Error("no host");
  await Promise.all(others.map((host) => service("kill", host, "etcd")));
  const dead = { failing: others.map(etcdAt), kinds: ["refused"], mayFail: () => true, deadlineMs: 25_000 } as const;
  await expectNamed(watched, cluster, dead);
  const dcs: Fault = {
    failing: ["dcs:postgres-cluster"],
    kinds: ["no-quorum"],
    // The leader may be stepping down by now, which restarts its PostgreSQL and takes the VIP away, as that follows it.
    mayFail: (source) =>
      ["dcs-member", "vip", "client-eye"].includes(source.kind) ||
      askedSeldom(source) ||
      livesOn(leader, hostAddress(leader))(source),
    deadlineMs: 25_000,
  };
  await expectNamed(watched, cluster, dcs);
  expect(watched.recorder.latest()?.snapshot.dcs).toMatchObject({ trust: "stale", hasQuorum: false });
  await expectRestLive(watched, cluster, dcs);
  // Patroni cannot renew its key and steps down by itself; without the key nobody is named.
  await waitForTruth((truth) => truth.writable.length === 0, { deadlineMs: 60_000, what: `${leader} to step down` });
  await expect(cluster.main).toHaveAttribute("data-writer", "");
  await expect(cluster.main).toHaveAttribute("data-state", /broken|unknown/);
  await closeScene(scene, "a lost etcd quorum");
});

test("a host is unreachable", async ({ page, dashboard }) => {
  const scene = await openScene(page, dashboard);
  const { watched, cluster, leader, replica } = scene;
  await cut(replica);
  const fault: Fault = {
    failing: [
      `patroni:${replica}`,
      `postgres:${replica}`,
      `pgbouncer:${replica}`,
      `haproxy:${replica}`,
      etcdAt(replica),
    ],
    kinds: ["unreachable", "timeout"],
    mayFail: askedSeldom,
    deadlineMs: 30_000,
  };
  await expectNamed(watched, cluster, fault);
  await expectRestLive(watched, cluster, fault);
  await expect(cluster.main).toHaveAttribute("data-writer", leader);
  await expect(cluster.member(replica)).toHaveAttribute("data-trust", /stale|unknown/);
  // A hung program still gets its connections taken, for a while; only of a host that takes none at all this is said.
  const { recorder } = watched;
  const unreachable = () =>
    recorder
      .latest()
      ?.snapshot.sources.filter((s) => s.target === replica && !askedSeldom(s))
      .every((s) => s.error?.kind === "unreachable") || undefined;
  await until(unreachable, { deadlineMs: 20_000, what: `everything on ${replica} to be called unreachable from here` });
  await expect(cluster.findings).toContainText(`${replica} (${hostAddress(replica)}) is unreachable from here`, {
    timeout: 20_000,
  });
  await heal(replica);
  await closeScene(scene, "an unreachable host");
});

test.describe("with a wrong PostgreSQL password", () => {
  test.use({ storageState: NOBODY });

  test("the refusal is named, the rest goes on, and the password is nowhere", async ({ browser, accounts }) => {
    const password = "wrong-on-purpose-7Tq";
    const dashboard = await makeDashboard({
      name: "wrong-password",
      accounts,
      cluster: { postgres: { user: "matriarch", password, database: "postgres", sslmode: "prefer" } },
    });
    await dashboard.start();
    const page = await browser.newPage({ baseURL: dashboard.baseUrl, locale: "en-GB" });
    try {
      await dashboard.ready();
      await new SignInPage(page).signInFor(dashboard.clusterPath, accounts.users.viewer);
      const watched = await observe(dashboard);
      const cluster = new ClusterPage(page);
      const fault: Fault = {
        // The client's eye signs in with the same name and password.
        failing: [...HOSTS.map((host) => `postgres:${host}`), `client-eye:${NETWORK.vip}`],
        kinds: ["unauthorized"],
        mayFail: askedSeldom,
        deadlineMs: 15_000,
      };
      await expectNamed(watched, cluster, fault);
      await expectRestLive(watched, cluster, fault);
      const { leaderKey } = await readTruth();
      await expect(cluster.main).toHaveAttribute("data-leader", leaderKey ?? "");
      await expect(cluster.sources).toContainText(word("failure.unauthorized"));
      await watched.assertHonest("a wrong password");
      const said = [
        await page.content(),
        JSON.stringify(watched.recorder.frames),
        readFileSync(dashboard.logFile, "utf8"),
      ];
      expect(said.map((text) => text.includes(password))).toEqual([false, false, false]);
    } finally {
      await page.close();
      await dashboard.stop();
    }
  });
});

test("the VIP's address answers nothing while nobody holds it, and that is said", async ({ page, dashboard }) => {
  const scene = await openScene(page, dashboard);
  const { watched, cluster } = scene;
  await Promise.all(HOSTS.map((host) => service("stop", host, "keepalived")));
  await waitForTruth((truth) => truth.vipHolders.length === 0, { deadlineMs: 20_000, what: "nobody to hold the VIP" });
  const gone = (vip: { holders: readonly string[]; trust: string } | null) =>
    vip?.holders.length === 0 || vip?.trust !== "fresh";
  await watched.recorder.waitFor((snapshot) => gone(snapshot.vip) && snapshot.writePath.state !== "ok", {
    deadlineMs: 15_000,
    what: "the page to say that nobody holds the VIP",
  });
  await expect(cluster.vip).toContainText(NETWORK.vip);
  await expect(cluster.main).not.toHaveAttribute("data-state", "ok");
  await closeScene(scene, "a VIP that nobody holds");
});
