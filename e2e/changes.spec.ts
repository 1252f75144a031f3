import { cut, HOSTS, settle, switchover } from "@/lab/index";
import { expectPageAgrees } from "./pages/agreement-on-page";
import { ClusterPage } from "./pages/cluster-page";
import { expect, test } from "./support/fixtures";
import { leaderNow } from "./support/leader";
import { agreeAfterRepair, agreeOnSuccessor, finish, isWell, noticed } from "./support/leader-change";
import { type Observing, observe } from "./support/observing";
import { recordPage } from "./support/page-recorder";

/**
 * Changes of leader on the real cluster. After each the page and the hosts agree; and from before the change until after the
 * repair, the page never said what was not so. The leader that is killed is in `incident.spec.ts`.
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
