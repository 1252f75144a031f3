import { HOSTS, SCOPE, settle } from "@/lab/index";
import { ConfigurationPage } from "./pages/configuration-page";
import { changedBetween, expectLeads, expectUnchanged, openStage, sql, startTimes } from "./support/acting";
import { expect, test } from "./support/fixtures";
import { listed, run, shownConfig } from "./support/patronictl";
import { expectReadableByAnybody } from "./support/readable";
import { type Locale, word } from "./support/words";

test.describe.configure({ timeout: 240_000 });

const SOON_MS = 60_000;
/** Set nowhere in the lab; the first needs a restart of each member. */
const RESTART = { name: "autovacuum_max_workers", value: "4" } as const;
const RELOAD = { name: "log_autovacuum_min_duration", value: "12345" } as const;

test.beforeAll(() => settle());
test.afterAll(async () => {
  // Whatever became of the test: the lab has what it had.
  const sets = [RESTART, RELOAD].flatMap(({ name }) => ["-p", `${name}=null`]);
  await run(HOSTS[0] ?? "node1", ["edit-config", "--quiet", "--force", ...sets]);
  await settle();
});

const shown = (host: string, name: string) => sql(host as (typeof HOSTS)[number], `SHOW ${name}`);

test("a change comes into force, waits for a restart where it needs one, and is put back", async ({
  page,
  dashboard,
}) => {
  const { dialog, menu, leader, truth } = await openStage(page, dashboard);
  const configuration = new ConfigurationPage(page);
  const was = await shown(leader, RESTART.name);
  expect(was).not.toBe(RESTART.value);

  await configuration.open(dashboard.clusterPath);
  await configuration.setParameter(RELOAD.name, RELOAD.value);
  await configuration.setParameter(RESTART.name, RESTART.value);
  await configuration.change();
  const reason = `long autovacuums are wanted in the log, ${Date.now()}`;
  await dialog.execute(SCOPE, reason);
  await dialog.ends("done", SOON_MS);
  await dialog.close();

  const config = await shownConfig(leader);
  for (const { name, value } of [RELOAD, RESTART]) expect(config).toMatch(new RegExp(`${name}: '?${value}'?`));
  for (const host of HOSTS) await expect.poll(() => shown(host, RELOAD.name), { timeout: 20_000 }).toBe("12345ms");
  // The page, patronictl and the servers agree on who waits for a restart.
  await expect.poll(() => configuration.waiting(), { timeout: 30_000 }).toEqual([...HOSTS].sort());
  const pending = (await listed(leader)).filter((row) => row["Pending restart"]).map(({ Member }) => Member);
  expect(pending.sort()).toEqual([...HOSTS].sort());
  expect(await shown(leader, RESTART.name)).toBe(was);

  const before = await startTimes();
  await page.goto(dashboard.clusterPath);
  await menu.choose("restart", { label: word("action.verbAll.restartPending") });
  await dialog.execute(SCOPE, "the new setting shall be in force");
  await dialog.ends("done", 150_000);
  const restarted = dialog.operation.locator('[data-step^="restart:"][data-state="done"]');
  expect(await restarted.count(), "each member is told as restarted").toBe(HOSTS.length);
  await dialog.close();
  expect([...changedBetween(before, await startTimes())].sort()).toEqual([...HOSTS].sort());
  for (const host of HOSTS) expect(await shown(host, RESTART.name)).toBe(RESTART.value);
  await expectLeads(leader);
  expect((await listed(leader)).filter((row) => row["Pending restart"])).toEqual([]);

  await configuration.open(dashboard.clusterPath);
  await expect(configuration.changeFor(reason)).toContainText(dashboard.accounts.users.operator.name);
  await configuration.revert(reason);
  await dialog.execute(SCOPE, "back to what it was");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  const back = await shownConfig(leader);
  for (const { name } of [RELOAD, RESTART]) expect(back).not.toContain(name);
  await expect(configuration.changeFor("back to what it was")).toBeVisible({ timeout: 20_000 });
  await expectUnchanged(truth);
});

test("a draft is kept while somebody else changes the configuration, and says so", async ({ page, dashboard }) => {
  const configuration = new ConfigurationPage(page);
  await configuration.open(dashboard.clusterPath);
  await configuration.setParameter(RELOAD.name, RELOAD.value);
  const leader = HOSTS[0] ?? "node1";
  await run(leader, ["edit-config", "--quiet", "--force", "-s", "maximum_lag_on_failover=1048577"]);
  try {
    await expect(configuration.draft.getByText(word("configurationPage.draft.moved"))).toBeVisible({ timeout: 20_000 });
    await expect(configuration.setting(`postgresql.parameters.${RELOAD.name}`).getByRole("textbox")).toHaveValue(
      RELOAD.value,
    );
    await expect(configuration.draft.locator('[data-path="maximum_lag_on_failover"]')).toBeVisible();
  } finally {
    await run(leader, ["edit-config", "--quiet", "--force", "-s", "maximum_lag_on_failover=1048576"]);
  }
});

test("the configuration can be read by anybody", async ({ page, dashboard }) => {
  const showYaml = async (locale: Locale) => {
    const configuration = new ConfigurationPage(page, locale);
    await configuration.view("yaml");
    await expect(configuration.text).toHaveValue(/ttl: \d+/);
  };
  await expectReadableByAnybody(page, dashboard.baseUrl, [
    { name: "configuration", show: (locale) => new ConfigurationPage(page, locale).open(dashboard.clusterPath) },
    { name: "configuration-yaml", show: showYaml, goesOn: true },
  ]);
});
