import { HOSTS, readTruth, SCOPE, service, settle } from "@/lab/index";
import { OperationsPage } from "./pages/operations-page";
import {
  changedBetween,
  expectLeads,
  expectUnchanged,
  leaderless,
  loadTimes,
  openStage,
  sql,
  startTimes,
} from "./support/acting";
import { expect, test } from "./support/fixtures";
import { listedText, run } from "./support/patronictl";
import { expectReadable, expectReadableNow } from "./support/readable";
import { until } from "./support/until";
import { word } from "./support/words";

/** Each through the page, its outcome compared with the hosts' own word and with `patronictl list`. */
test.describe.configure({ timeout: 200_000 });

// What the refusals need grows old meanwhile.
test.beforeAll(async ({ agedPlan }) => expect(agedPlan.id).not.toBe(""));
test.beforeEach(() => settle());
test.afterAll(() => settle());

const HANDOVER_MS = 120_000;
const SOON_MS = 45_000;

test("a switchover now, to a named candidate; dialog, plan and progress can be read by anybody", async ({
  page,
  dashboard,
}) => {
  const { dialog, menu, overview, replicas, truth, leader } = await openStage(page, dashboard);
  const [candidate] = replicas;
  const reason = `planned work on ${leader}`;
  await menu.choose("switchover", { member: candidate });
  await dialog.free();
  await expect(dialog.heading).toBeFocused();
  await expectReadable(page, "action-plan");
  const id = await dialog.execute(SCOPE, reason);
  await expectReadableNow(page, "progress of an action");
  await dialog.ends("done", HANDOVER_MS);
  await expectReadable(page, "action-done");
  await dialog.close();
  const after = await expectLeads(candidate);
  expect(after.hosts[candidate]?.timeline).toBe((truth.hosts[leader]?.timeline ?? 0) + 1);
  await overview.showsHealthy(candidate, 20_000);
  // Why it was done is in the record, where the change of leader is.
  const recorded = await page.request.get(`/api/v1${dashboard.clusterPath}/events?kind=operation&limit=10`);
  expect(await recorded.text()).toContain(reason);
  const operations = new OperationsPage(page);
  await operations.open(dashboard.clusterPath);
  await expect(operations.row(id)).toHaveAttribute("data-word", "done");
  await expect(operations.row(id)).toContainText(reason);
  await expect(operations.row(id)).toContainText(dashboard.accounts.users.operator.name);
});

test("a switchover that is scheduled, then cancelled", async ({ page, dashboard }) => {
  const { dialog, menu, replicas, truth, leader } = await openStage(page, dashboard);
  const [, candidate] = replicas;
  await menu.choose("switchover", { member: candidate });
  await dialog.choose(word("actionDialog.when.later"));
  const at = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  const moment = dialog.dialog.getByRole("textbox", { name: word("actionDialog.when.moment") });
  await moment.fill(at);
  await moment.press("Enter");
  const scheduled = await dialog.execute(SCOPE, "moved into the night");
  await dialog.ends("scheduled", SOON_MS);
  await dialog.close();
  expect(await listedText(leader)).toMatch(/Switchover scheduled at/i);
  await expectUnchanged(truth);

  await menu.choose("switchover-cancel");
  await dialog.execute(SCOPE, "not tonight");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  expect(await listedText(leader)).not.toMatch(/Switchover scheduled at/i);
  await expectUnchanged(truth);
  const operations = new OperationsPage(page);
  await operations.open(dashboard.clusterPath);
  await expect(operations.row(scheduled)).toHaveAttribute("data-word", /done-otherwise|other-leader/, {
    timeout: SOON_MS,
  });
});

test("a failover while the leader is dead and nobody takes its place", async ({ page, dashboard }) => {
  const { dialog, menu, replicas, leader } = await openStage(page, dashboard);
  const [candidate] = replicas;
  // Paused, so that Patroni leaves it to a person.
  await run(leader, ["pause", "--wait"]);
  await service("kill", leader, "patroni");
  await service("kill", leader, "postgres");
  await leaderless();
  await menu.choose("failover");
  await dialog.choose(new RegExp(`^${candidate}`));
  await dialog.execute(SCOPE, `${leader} is dead`);
  await until(async () => ((await readTruth()).leaderKey === candidate ? true : undefined), {
    deadlineMs: HANDOVER_MS,
    everyMs: 250,
    what: `${candidate} to lead`,
  });
  // The dead one comes back as a replica only where Patroni may act again.
  await run(candidate, ["resume", "--wait"]);
  await service("start", leader, "patroni");
  await dialog.ends("done", HANDOVER_MS);
  await expectLeads(candidate);
});

test("a replica is made anew: what it had is gone, and it streams again", async ({ page, dashboard }) => {
  const { dialog, menu, replicas, truth, leader } = await openStage(page, dashboard);
  const [, replica] = replicas;
  const directory = await sql(replica, "SHOW data_directory");
  await sql(replica, `COPY (SELECT 'left behind') TO '${directory}/e2e-marker'`);
  await menu.choose("reinitialize", { member: replica });
  await dialog.free();
  await expect(dialog.dialog).toContainText(directory);
  await dialog.execute(SCOPE, "its disk was replaced");
  await dialog.ends("done", HANDOVER_MS);
  await expectLeads(leader);
  await expectUnchanged(truth);
  expect(await sql(replica, "SELECT pg_stat_file('e2e-marker', true) IS NULL")).toBe("t");
});

test("automatic failover is paused with an end, counts down, and is resumed", async ({ page, dashboard }) => {
  const { dialog, menu, truth, leader } = await openStage(page, dashboard);
  await menu.choose("pause");
  await dialog.choose(word("actionDialog.pause.minutes30"));
  await dialog.execute(SCOPE, "network work in the evening");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  expect(await listedText(leader)).toMatch(/Maintenance mode: on/i);
  const banner = page.locator("section[data-pause]");
  await expect(banner).toHaveAttribute("data-pause", "left");
  await expect(banner).toContainText("network work in the evening");
  await expectReadableNow(page, "a paused cluster");

  await banner.getByRole("button", { name: word("pauseBanner.resume") }).click();
  await dialog.execute(SCOPE, "the work is done");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  expect(await listedText(leader)).not.toMatch(/Maintenance mode: on/i);
  await expect(banner).toHaveCount(0);
  await expectUnchanged(truth);
});

test("one member is restarted, and no other", async ({ page, dashboard }) => {
  const { dialog, menu, replicas, truth, leader } = await openStage(page, dashboard);
  const [replica] = replicas;
  const before = await startTimes();
  await menu.choose("restart", { member: replica });
  await dialog.execute(SCOPE, "new kernel limits");
  await dialog.ends("done", 90_000);
  await expectLeads(leader);
  await expectUnchanged(truth);
  expect(changedBetween(before, await startTimes())).toEqual([replica]);
});

test("every member reads its configuration again, and nobody is restarted", async ({ page, dashboard }) => {
  const { dialog, menu, truth } = await openStage(page, dashboard);
  const [starts, loads] = [await startTimes(), await loadTimes()];
  await menu.choose("reload");
  await dialog.execute(SCOPE, "a file was changed by hand");
  await dialog.ends("done", SOON_MS);
  expect(changedBetween(starts, await startTimes())).toEqual([]);
  expect([...changedBetween(loads, await loadTimes())].sort()).toEqual([...HOSTS].sort());
  await expectUnchanged(truth);
});
