import { cut, HOSTS, type HostName, service, settle, switchover, type Truth, unsettled } from "@/lab/index";
import { expectPageAgrees } from "./pages/agreement-on-page";
import { ClusterPage } from "./pages/cluster-page";
import { expect, test } from "./support/fixtures";
import { leaderNow } from "./support/leader";
import { type Observing, observe } from "./support/observing";
import { readShown, recordPage, unlikeStream } from "./support/page-recorder";

/**
 * Changes of leader on the real cluster. After each the page and the hosts agree; and from before the change until after the
 * repair, the page never said what was not so.
 */
test.describe.configure({ timeout: 240_000 });

let observing: Observing | undefined;

test.beforeEach(async ({ page, dashboard }) => {
  await settle();
  await recordPage(page);
  await page.goto(dashboard.clusterPath);
  observing = await observe(dashboard);
  await observing.agree({ deadlineMs: 15_000, what: "page and hosts to agree before the change", when: isWell });
});

test.afterEach(async () => {
  observing?.stop();
  await settle();
});

const isWell = (truth: Truth): boolean => unsettled(truth) === null;
const ledBy = (truth: Truth): HostName | undefined => HOSTS.find((host) => host === truth.leaderKey);

test("a switchover", async ({ page }) => {
  const watched = observing;
  if (!watched) throw new Error("not observed");
  const old = await leaderNow();
  const candidate = HOSTS.find((host) => host !== old) ?? old;
  const answer = await switchover(candidate);
  expect(answer.status, answer.text).toBe(200);
  const truth = await watched.agree({
    deadlineMs: 30_000,
    what: `page and hosts to agree on ${candidate}`,
    when: (now) => isWell(now) && now.leaderKey === candidate,
  });
  const cluster = new ClusterPage(page);
  await cluster.showsHealthy(candidate, 5_000);
  await expectPageAgrees(cluster, truth);
  await finish(watched, page, "switchover");
});

test("the leader's host loses power", async ({ page }) => {
  const watched = observing;
  if (!watched) throw new Error("not observed");
  const old = await leaderNow();
  const from = Date.now();
  await service("kill", old, "all");
  await noticed(watched, from, 10_000);
  await agreeOnSuccessor(watched, old);
  await settle();
  await agreeAfterRepair(watched, page);
  await finish(watched, page, "power loss of the leader");
});

test("the leader's host is cut off the network", async ({ page }) => {
  const watched = observing;
  if (!watched) throw new Error("not observed");
  const old = await leaderNow();
  const from = Date.now();
  await cut(old);
  await noticed(watched, from, 12_000);
  await agreeOnSuccessor(watched, old);
  await settle();
  await agreeAfterRepair(watched, page);
  await finish(watched, page, "host cut of the leader");
});

/** The page stops saying that all is well; prints how long that took. */
async function noticed({ recorder }: Observing, from: number, deadlineMs: number): Promise<void> {
  const frame = await recorder.waitFor((snapshot) => snapshot.writePath.state !== "ok", {
    deadlineMs,
    what: "the page to notice",
    after: from,
  });
  console.log(`noticed after ${frame.arrivedAt - from} ms: ${frame.snapshot.writePath.sentence}`);
}

/** The key's time to live is 20 s; the rest is promotion, HAProxy's checks and the VIP. */
function agreeOnSuccessor(watched: Observing, old: HostName): Promise<Truth> {
  return watched.agree({
    deadlineMs: 75_000,
    what: `page and hosts to agree on a successor of ${old}`,
    when(truth) {
      const leader = ledBy(truth);
      if (!leader || leader === old || !truth.vipHolders.includes(leader)) return false;
      const others = HOSTS.filter((host) => host !== old);
      return others.every((host) => truth.hosts[host]?.haproxy?.write[leader] === "UP");
    },
  });
}

async function agreeAfterRepair(watched: Observing, page: ClusterPage["page"]): Promise<void> {
  const truth = await watched.agree({
    deadlineMs: 30_000,
    what: "page and hosts to agree after the repair",
    when: isWell,
  });
  const cluster = new ClusterPage(page);
  await cluster.showsHealthy(truth.leaderKey ?? "", 10_000);
  await expectPageAgrees(cluster, truth);
}

/** What was painted is what was streamed, and what was streamed was so. */
async function finish(watched: Observing, page: ClusterPage["page"], what: string): Promise<void> {
  const { matched, wrong } = unlikeStream(await readShown(page), watched.recorder.frames);
  expect(wrong).toEqual([]);
  expect(matched).toBeGreaterThan(5);
  await watched.assertHonest(what);
}
