import { HOSTS, type HostName, readTruth, SCOPE, service, settle, switchover, type Truth } from "@/lab/index";
import { ClusterPage } from "./pages/cluster-page";
import { ConsoleHeader } from "./pages/console-header";
import { expectLeads, expectUnchanged, sql } from "./support/acting";
import { type Dashboard, makeDashboard } from "./support/dashboard";
import { expect, NOBODY, test } from "./support/fixtures";
import { observe } from "./support/observing";
import { type Person, signIn } from "./support/people";
import { expectReadable } from "./support/readable";
import { expectTickedWhenTrue, expectTold, runOf, standing } from "./support/run-record";
import { followersOf, steady } from "./support/steady";
import { until } from "./support/until";
import { startWriteProbe } from "./support/write-probe";

/** Runbooks carried to their ends by people in browsers, on hosts that really change; what the runs say is held against the hosts' own word. */
test.describe.configure({ timeout: 200_000 });
test.use({ storageState: NOBODY });

/** A switchover with all that is verified after it. */
const HANDOVER_MS = 120_000;
/** Election, HAProxy's checks, and a member that comes back. */
const RETURN_MS = 90_000;
/** How far two measures of one write gap may lie apart, in ms: the client's eye looks each 250 ms, so it may be that much late at either end. */
const APART_MS_MAX = 600;
/** What a page rounds a length to, in ms. */
const SHOWN_MS = 10;

let dashboard: Dashboard;
test.beforeAll(async ({ accounts }) => {
  dashboard = await makeDashboard({ name: "runbooks", accounts });
  await dashboard.start();
  await dashboard.ready();
});
test.beforeEach(() => settle());
test.afterAll(async () => {
  await dashboard?.stop();
  await settle();
});

const leads = (leader: HostName) => (truth: Truth) =>
  truth.leaderKey === leader && truth.writable.length === 1 && truth.writable[0] === leader;
const follows = (host: HostName) => (truth: Truth) => truth.hosts[host]?.receiverStreaming === true;
const all =
  (...those: readonly ((truth: Truth) => boolean)[]) =>
  (truth: Truth) =>
    those.every((one) => one(truth));

/** Nobody led but `old`: until another one does. */
const successor = (old: HostName): Promise<HostName> =>
  until(
    async () => {
      const { leaderKey, writable } = await readTruth();
      const host = HOSTS.find((one) => one === leaderKey);
      return host && host !== old && writable.includes(host) ? host : undefined;
    },
    { deadlineMs: 60_000, everyMs: 200, what: `a successor of ${old}` },
  );

/** Begins a planned switchover, and carries it as far as its action. */
async function toTheAction({ runbooks, run }: Person, candidate: HostName): Promise<string> {
  await runbooks.openList(dashboard.clusterPath);
  await runbooks.choose("planned-switchover");

  const id = await runbooks.start({ candidate });
  await run.tick("announce");
  // Two checks and two waits in between are true, and tick themselves.
  await run.isAt("long-transactions", 20_000);
  for (const step of ["writer-agreed", "candidate-ready", "nothing-planned", "lag-small", "no-backup"]) {
    await expect(run.step(step)).toHaveAttribute("data-step-state", "ticked");
  }
  return id;
}

test("a planned switchover, begun by one and handed in the middle to another, who carries it to its end; the record tells all of it", async ({
  browser,
}) => {
  const before = await steady();
  const old = before.leaderKey;
  const [candidate] = followersOf(old) as [HostName, HostName];
  const [first, second] = [await signIn(browser, dashboard, "operator"), await signIn(browser, dashboard, "admin")];
  const observing = await observe(dashboard);
  try {
    const id = await toTheAction(first, candidate);
    const commands = await first.run.commands();
    expect(commands).toHaveLength(3);
    expect(commands.join("\n")).not.toMatch(/[{‹]/);

    await test.step("handed over: the other one sees it live, and only who carries it can go on", async () => {
      await second.page.goto(dashboard.clusterPath);
      await second.page.locator(`[data-run-strip="${id}"]`).getByRole("link").click();
      await second.run.isAt("long-transactions");
      await expect(second.run.tickButton).toHaveAttribute("aria-disabled", "true");
      await first.run.handOver(second.name);
      await expect(second.run.handedTo).toHaveAttribute("data-handed-to", second.name);
      await second.run.takeOver.click();
      for (const { run } of [first, second]) await run.carriedBy(second.name);
      await expect(first.run.tickButton).toHaveAttribute("aria-disabled", "true");
      await expect(second.run.handedTo).toHaveCount(0);
    });

    await second.run.tick("long-transactions");
    await second.run.openAction("switch");
    await expect(second.dialog.dialog).toContainText(candidate);
    await second.dialog.execute(SCOPE, `work on ${old}, by the runbook`);
    await second.dialog.ends("done", HANDOVER_MS);
    await second.dialog.close();
    await second.run.isAt("client-test", RETURN_MS);
    await expectReadable(second.page, "run-instruction");
    await second.run.tick("client-test");
    for (const { run } of [first, second]) await run.is("done", 30_000);
    await expectReadable(second.page, "run-done");
    await expectLeads(candidate);

    const whole = await runOf(dashboard, id);
    expect(whole.run).toMatchObject({ startedBy: first.name, carrier: second.name, joined: [first.name, second.name] });
    const streams = HOSTS.slice(0, 3).filter((host) => host !== candidate);
    expectTickedWhenTrue(whole, observing, {
      "writer-agreed": leads(old),
      "new-leader": leads(candidate),
      "replicas-follow": all(leads(candidate), ...streams.map(follows)),
      "all-well": all(leads(candidate), ...streams.map(follows)),
    });
    await test.step("its export tells who did what and when, the handover, and what became of the cluster", async () => {
      const markdown = await second.run.export();
      expectTold(markdown, whole);
      expect(markdown).toMatch(new RegExp(`\\| ${first.name} \\| asked to take over: ${second.name} \\|`));
      expect(markdown).toMatch(new RegExp(`\\| ${second.name} \\| took over from: ${first.name} \\|`));
      expect(markdown).toContain("The cluster meanwhile");
      expect(markdown).toContain(`Leader: ${old} → ${candidate}`);
    });
    await observing.assertHonest("a planned switchover by its runbook");
  } finally {
    observing.stop();
    await Promise.all([first.leave(), second.leave()]);
  }
});

test("an emergency failover after a power cut; the dashboard is killed in the middle, and its successor goes on with the run", async ({
  browser,
}) => {
  const { leaderKey: lost } = await steady();
  const anna = await signIn(browser, dashboard, "operator");
  const observing = await observe(dashboard);
  try {
    await new ClusterPage(anna.page).showsHealthy(lost, 15_000);
    await anna.runbooks.openList(dashboard.clusterPath);
    await service("kill", lost, "all");
    // What deviates asks for it.
    await anna.runbooks.offered
      .and(anna.page.locator('[data-runbook="emergency-failover"]'))
      .getByRole("link")
      .first()
      .click({ timeout: 15_000 });
    const id = await anna.runbooks.start({ lost });
    await anna.run.tick("hands-off");
    await anna.run.isAt("elected");
    await expectReadable(anna.page, "run-decision");

    await test.step("killed while nobody leads, it comes back with the run as it was", async () => {
      const before = standing(await runOf(dashboard, id));
      await dashboard.kill();
      const { link } = new ConsoleHeader(anna.page);
      await expect(link).toHaveAttribute("data-link", /disconnected|connecting/);
      await dashboard.start();
      await dashboard.ready();
      await expect(link).toHaveAttribute("data-link", "live", { timeout: 15_000 });
      expect(standing(await runOf(dashboard, id))).toEqual(before);
      await anna.run.isAt("elected");
    });

    const leader = await successor(lost);
    await anna.run.choose("elected", "other");
    await anna.run.isAt("client-test", RETURN_MS);
    await anna.run.tick("client-test");
    await anna.run.choose("fate", "returns");
    await anna.run.isAt("start-it");
    expect((await anna.run.commands())[0]).toContain("systemctl start");
    await service("start", lost, "all");
    await anna.run.tick("start-it");
    await anna.run.is("done", RETURN_MS);
    await expectLeads(leader);

    const whole = await runOf(dashboard, id);
    expectTickedWhenTrue(whole, observing, {
      "new-leader": leads(leader),
      "route-follows": leads(leader),
      follows: all(leads(leader), follows(lost)),
      "all-well": all(leads(leader), follows(lost)),
    });
    for (const step of ["quorum", "fence-off", "promote"]) {
      await expect(anna.run.step(step)).toHaveAttribute("data-step-state", "passed-by");
    }
    await observing.assertHonest("an emergency failover by its runbook");
  } finally {
    observing.stop();
    await anna.leave();
    if (dashboard.pid() === null) await dashboard.start();
  }
});

test("a broken replica is made anew by the action of its runbook", async ({ browser }) => {
  const before = await steady();
  const [, broken] = followersOf(before.leaderKey) as [HostName, HostName];
  const anna = await signIn(browser, dashboard, "operator");
  const observing = await observe(dashboard);
  try {
    const directory = await sql(broken, "SHOW data_directory");
    await sql(broken, `COPY (SELECT 'left behind') TO '${directory}/e2e-marker'`);
    await anna.runbooks.openList(dashboard.clusterPath);
    await anna.runbooks.choose("replica-broken");
    const id = await anna.runbooks.start({ broken });
    await anna.run.tick("cost");
    await anna.run.tick("why");
    await anna.run.choose("how", "by-action");
    await anna.run.openAction("reinitialize");
    await expect(anna.dialog.dialog).toContainText(directory);
    await anna.dialog.execute(SCOPE, "its files are damaged");
    await anna.dialog.close();
    await anna.run.isAt("tidy", HANDOVER_MS);
    await anna.run.tick("tidy");
    await anna.run.is("done", 30_000);
    await expectLeads(before.leaderKey);
    await expectUnchanged(before);
    expect(await sql(broken, "SELECT pg_stat_file('e2e-marker', true) IS NULL")).toBe("t");
    expectTickedWhenTrue(await runOf(dashboard, id), observing, {
      "leader-well": leads(before.leaderKey),
      streams: follows(broken),
      "all-well": all(leads(before.leaderKey), follows(broken)),
    });
    await observing.assertHonest("a replica made anew by its runbook");
  } finally {
    observing.stop();
    await anna.leave();
  }
});

test("a second failover in the middle stops the run: it says what it expected and what is, and nothing goes on by itself", async ({
  browser,
}) => {
  const { leaderKey: old } = await steady();
  const [candidate] = followersOf(old) as [HostName, HostName];
  const anna = await signIn(browser, dashboard, "operator");
  const { run, dialog, page } = anna;
  try {
    const id = await toTheAction(anna, candidate);
    await run.tick("long-transactions");
    await run.openAction("switch");
    await dialog.execute(SCOPE, `work on ${old}`);
    await dialog.close();
    await run.isAt("client-test", HANDOVER_MS);

    await service("stop", candidate, "patroni");
    const other = await successor(candidate);
    await run.is("stopped", 20_000);
    await expect(run.contradiction).toHaveAttribute("data-contradiction", "other-leader");
    await expect(run.contradiction).toContainText(`${other} leads, and ${candidate} should`);
    await expectReadable(page, "run-stopped");
    const stopped = standing(await runOf(dashboard, id));

    await test.step("also when what it expected is so again", async () => {
      await service("start", candidate, "patroni");
      await steady(other);
      await switchover(candidate);
      await expectLeads(candidate);
      await expect(page.locator("main[data-scope]")).toHaveAttribute("data-stale", "false");
      expect(standing(await runOf(dashboard, id))).toEqual(stopped);
      await run.is("stopped");
      await expect(run.tickButton).toHaveAttribute("aria-disabled", "true");
      // Whoever gets around the button is refused by the server.
      const command = { version: stopped.version, command: { kind: "tick", stepId: stopped.at, note: null } };
      expect(await post(anna, `/api/v1/runs/${id}/commands`, command)).toBe(409);
      expect(standing(await runOf(dashboard, id))).toEqual(stopped);
    });

    await run.withWords("overrule", `${candidate} was brought back by hand`);
    await run.is("running");
    await run.isAt("client-test");
    await run.withWords("abandon", "the work is put off");
    await run.is("abandoned");
    await expectReadable(page, "run-abandoned");
    await expect(run.entries("contradicted")).toHaveCount(1);
    await page.goto(dashboard.clusterPath);
    await new ClusterPage(page).showsHealthy(candidate, 15_000);
    await expect(page.locator("[data-run-strip]")).toHaveCount(0);
  } finally {
    await anna.leave();
  }
});

/** What a page's own code could send; resolves with the status of the answer. */
const post = ({ page }: Person, path: string, body: unknown): Promise<number> =>
  page.evaluate(
    async ([url, json]) => {
      const headers = { "content-type": "application/json" };
      return (await fetch(url, { method: "POST", headers, body: json })).status;
    },
    [path, JSON.stringify(body)] as const,
  );

test("a failover drill: its gap is measured, and the cluster shows from then on that a failover was proven", async ({
  browser,
}) => {
  const { leaderKey: victim } = await steady();
  const anna = await signIn(browser, dashboard, "operator");
  const { run, runbooks, page } = anna;
  const observing = await observe(dashboard);
  const probe = await startWriteProbe();
  try {
    await runbooks.openList(dashboard.clusterPath);
    await runbooks.choose("drill-failover");
    // There is only one leader: it is filled in.
    const id = await runbooks.start({});
    await run.tick("agree");
    await run.tick("backup", 20_000);
    await run.tick("load");
    await run.choose("how", "stop");
    await run.isAt("stop");
    const stoppedAt = Date.now();
    await service("stop", victim, "patroni");
    await run.tick("stop");
    const measured = await probe.gapAfter(stoppedAt, { deadlineMs: 60_000 });
    await run.tick("applications", RETURN_MS);
    const leader = await successor(victim);
    await service("start", victim, "patroni");
    await run.tick("start");
    await run.choose("lead-back", "no", RETURN_MS);
    await run.note(`an application felt ${measured.lengthMs} ms`);
    await run.tick("tidy");
    await run.is("done", 30_000);
    await expectLeads(leader);

    const whole = await until(
      async () => {
        const now = await runOf(dashboard, id);
        return now.measured === null ? undefined : now;
      },
      { deadlineMs: 30_000, everyMs: 500, what: "the drill to be measured" },
    );
    const gapMs = whole.measured?.gapMs ?? Number.NaN;
    console.log(`drill: gap ${gapMs} ms by the run, ${measured.lengthMs} ms by the test's own client`);
    expect(whole.run.inputs).toEqual({ victim });
    expect(whole).toMatchObject({ proof: "failover", measured: { kind: "failover", before: victim, after: leader } });
    expect(Math.abs(gapMs - measured.lengthMs)).toBeLessThan(APART_MS_MAX);
    expect(whole.measured?.phases.reduce((sum, phase) => sum + phase.lengthMs, 0)).toBe(
      whole.measured?.outage?.lengthMs,
    );
    expectTickedWhenTrue(whole, observing, {
      elected: leads(leader),
      routed: leads(leader),
      returned: all(leads(leader), follows(victim)),
      "all-well": all(leads(leader), follows(victim)),
    });

    await runbooks.openList(dashboard.clusterPath);
    const proven = runbooks.proven("failover");
    await expect(proven).toHaveAttribute("data-at", whole.run.endedAt ?? "", { timeout: 40_000 });
    const shown = /([\d.]+)\s+s without writes/.exec((await proven.textContent()) ?? "")?.[1];
    expect(Math.abs(Number(shown) * 1_000 - gapMs)).toBeLessThan(SHOWN_MS);
    await proven.getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`/runs/${id}$`));
    await observing.assertHonest("a failover drill");
  } finally {
    observing.stop();
    await probe.stop();
    await anna.leave();
  }
});
