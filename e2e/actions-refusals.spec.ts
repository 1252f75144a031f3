import { cut, exec, HOSTS, heal, SCOPE, service, settle, switchover, type Truth } from "@/lab/index";
import { PATRONI_CONFIG } from "@/lab/services/patroni";
import { memberName } from "@/lib/domain/ids";
import { ActionDialog } from "./pages/action-dialog";
import { ActionsMenu } from "./pages/actions-menu";
import { SignInPage } from "./pages/sign-in-page";
import { expectUnchanged, loadTimes, openStage, type Stage, sql } from "./support/acting";
import { type Api, apiOf, codeOf } from "./support/api";
import { expect, NOBODY, RELOAD, test } from "./support/fixtures";
import { run } from "./support/patronictl";
import { freePlan, steady, switchoverTo } from "./support/steady";
import { until } from "./support/until";
import { freezeWalReceiver } from "./support/wal-receiver";
import { word } from "./support/words";

/** Each refusal names its reason, and the hosts' own word is what it was before. */
test.describe.configure({ timeout: 150_000 });

test.beforeAll(() => settle());
test.afterAll(() => settle());

/**
 * Opens the dialog of a switchover anew until its plan is blocked by `check`, which the systems may need a moment for; then the dialog
 * offers no way on, and nothing has happened. `choice`: the candidate's name, or the word for leaving it to Patroni.
 */
async function blockedBy(stage: Stage, choice: string, check: string | RegExp): Promise<void> {
  const { dialog, menu } = stage;
  const matches = (id: string) => (typeof check === "string" ? id === check : check.test(id));
  let seen: readonly string[] = [];
  await until(
    async () => {
      await menu.choose("switchover");
      await dialog.choose(new RegExp(`^${choice}`));
      seen = await dialog.blocks();
      if (seen.some(matches)) return true;
      await dialog.close();
      return undefined;
    },
    { deadlineMs: 60_000, everyMs: 500, what: `a block ${check}`, seen: () => seen },
  );
  await expect(dialog.dialog.locator("[data-barred]")).toContainText(word("actionDialog.blocked.title"));
  await expect(dialog.deed).toHaveCount(0);
  await dialog.close();
}

test.describe("a candidate that must not lead", () => {
  test.afterEach(() => settle());

  test("lags behind", async ({ page, dashboard }) => {
    const stage = await openStage(page, dashboard);
    const [replica] = stage.replicas;
    const frozen = await freezeWalReceiver(replica);
    try {
      const table = "e2e_lag";
      await sql(stage.leader, `CREATE TABLE ${table} AS SELECT repeat('x', 500) AS t FROM generate_series(1, 20000)`);
      await sql(stage.leader, `DROP TABLE ${table}`);
      await blockedBy(stage, replica, "candidate-lag");
      await expectUnchanged(stage.truth);
    } finally {
      await frozen.thaw();
    }
  });

  test("is tagged nofailover", async ({ page, dashboard }) => {
    const stage = await openStage(page, dashboard);
    const [replica] = stage.replicas;
    // Written over and not replaced, so that it stays readable for whom it was.
    const tag = (from: string, to: string) =>
      exec(replica, [
        "sh",
        "-c",
        `text=$(sed 's/nofailover: ${from}/nofailover: ${to}/' ${PATRONI_CONFIG}) && printf '%s\\n' "$text" > ${PATRONI_CONFIG}`,
      ]);
    await tag("false", "true");
    try {
      await run(replica, ["reload", SCOPE, replica, "--force"]);
      await blockedBy(stage, replica, "candidate-tags");
      await expectUnchanged(stage.truth);
    } finally {
      await tag("true", "false");
      await run(replica, ["reload", SCOPE, replica, "--force"]);
    }
  });

  test("does not stream", async ({ page, dashboard }) => {
    const stage = await openStage(page, dashboard);
    const [replica] = stage.replicas;
    // Patroni would undo a broken primary_conninfo within a second; who may not log in cannot stream either.
    await sql(stage.leader, "ALTER ROLE replicator NOLOGIN");
    try {
      await sql(
        stage.leader,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE application_name = '${replica}'`,
      );
      await blockedBy(stage, replica, "candidate-streaming");
      await expectUnchanged(stage.truth);
    } finally {
      await sql(stage.leader, "ALTER ROLE replicator LOGIN");
    }
  });

  test("cannot be reached", async ({ page, dashboard }) => {
    const stage = await openStage(page, dashboard);
    const [replica] = stage.replicas;
    await cut(replica);
    try {
      await blockedBy(stage, replica, "candidate-reachable");
      await expectUnchanged(stage.truth);
    } finally {
      await heal(replica);
    }
  });

  test("was seen long ago only", async ({ page, dashboard }) => {
    const stage = await openStage(page, dashboard);
    const [replica] = stage.replicas;
    await service("freeze", replica, "patroni");
    try {
      await blockedBy(stage, replica, /^candidate-/);
      await expectUnchanged(stage.truth);
    } finally {
      await service("thaw", replica, "patroni");
    }
  });

  test("is not named while the cluster is paused", async ({ page, dashboard }) => {
    const stage = await openStage(page, dashboard);
    await run(stage.leader, ["pause", "--wait"]);
    await blockedBy(stage, word("actionDialog.candidate.any"), "paused");
    await expectUnchanged(stage.truth);
  });
});

test("the leader has changed since the plan was made: what moved is named", async ({ page, dashboard }) => {
  await settle();
  const { dialog, menu, leader, replicas } = await openStage(page, dashboard);
  const [first, second] = replicas;
  await menu.choose("switchover", { member: first });
  await dialog.free();
  await dialog.fill(SCOPE, "nobody knows yet that the leader moved");
  await switchover(second);
  const after = await steady(second);
  await expect(dialog.deed).toHaveAttribute("aria-disabled", "false");
  await dialog.deed.click();
  await expect(dialog.refusal).toHaveAttribute("data-refusal", "fence-moved", { timeout: 20_000 });
  for (const name of [leader, second]) await expect(dialog.refusal).toContainText(name);
  await dialog.close();
  await expectUnchanged(after);
});

test("etcd without a quorum blocks, and names it", async ({ page, dashboard }) => {
  await settle();
  const stage = await openStage(page, dashboard);
  const [, ...others] = HOSTS;
  await Promise.all(others.map((host) => service("kill", host, "etcd")));
  try {
    // Without a quorum the leader steps down by itself before long; nothing was done from here.
    await blockedBy(stage, stage.replicas[0], /^dcs-/);
    const operations = await apiOf(dashboard).call<{ operations: readonly { action: string; createdAt: string }[] }>(
      "GET",
      `/clusters/${SCOPE}/operations?limit=5`,
    );
    if (!operations.ok) throw new Error(JSON.stringify(operations));
    const since = Date.parse(stage.truth.at);
    expect(operations.body.operations.filter(({ createdAt }) => Date.parse(createdAt) > since)).toEqual([]);
  } finally {
    await settle();
  }
});

test.describe("who asks, and with what", () => {
  let api: Api;
  let before: Truth;
  test.beforeAll(async ({ dashboard }) => {
    await settle();
    before = await steady();
    api = apiOf(dashboard);
  });
  test.afterEach(() => expectUnchanged(before));

  test("a wrong name typed enables nothing, and is refused where it is sent all the same", async ({
    page,
    dashboard,
  }) => {
    const { dialog, menu } = await openStage(page, dashboard);
    await menu.choose("reload");
    await dialog.free();
    await dialog.fill(`${SCOPE}x`, "a slip of the finger");
    await expect(dialog.deed).toHaveAttribute("aria-disabled", "true");
    await expect(dialog.dialog).toContainText(word("actionDialog.confirm.wrong"));
    // Pressed all the same, as a person would.
    await dialog.deed.click({ force: true });
    await dialog.reason.press("Enter");
    await expect(dialog.operation).toHaveCount(0);
    await dialog.close();
    const answer = await api.execute(await freePlan(api, RELOAD), { confirmation: `${SCOPE}x` });
    expect([answer.status, codeOf(answer)]).toEqual([422, "wrong-confirmation"]);
  });

  test("no reason, and a warning that was not ticked, are each named", async () => {
    const plan = await freePlan(api, switchoverTo(before.writable[0] === "node1" ? "node2" : "node1"));
    const silent = await api.execute(plan, { reason: "  " });
    expect([silent.status, codeOf(silent)]).toEqual([422, "reason-missing"]);
    const warned = plan.checks.some(({ status }) => status === "warn");
    const paused = warned ? plan : await freePlan(api, { action: "pause", until: null, resumeAtEnd: false });
    const unticked = await api.execute(paused, { acknowledged: [] });
    expect([unticked.status, codeOf(unticked)]).toEqual([422, "unacknowledged"]);
  });

  test("a plan serves whoever made it, and nobody else", async ({ dashboard }) => {
    const plan = await freePlan(api, RELOAD);
    const answer = await apiOf(dashboard, "second").execute(plan);
    expect([answer.status, codeOf(answer)]).toEqual([403, "not-yours"]);
  });

  test("a plan serves once", async () => {
    const plan = await freePlan(api, RELOAD);
    const first = await api.execute(plan);
    if (!first.ok) throw new Error(JSON.stringify(first));
    const second = await api.execute(plan);
    expect([second.status, codeOf(second)]).toEqual([409, "plan-used"]);
    if (!second.ok) expect(second.problem.operationId).toBe(first.body.id);
    await api.ended(first.body.id, 45_000);
  });

  test("one at a time: the second learns who and what", async () => {
    const replica = HOSTS.find((host) => host !== before.leaderKey) ?? "node1";
    const request = { action: "restart", member: memberName(replica), onlyPending: false, scheduledAt: null } as const;
    const [slow, other] = [await freePlan(api, request), await freePlan(api, RELOAD)];
    const first = await api.execute(slow);
    if (!first.ok) throw new Error(JSON.stringify(first));
    const second = await api.execute(other);
    expect([second.status, codeOf(second)]).toEqual([409, "busy"]);
    if (!second.ok) expect(second.problem.holder).toMatchObject({ action: "restart", operationId: first.body.id });
    await api.ended(first.body.id, 90_000);
  });

  test("a viewer's button says why it does nothing, and a viewer's request is refused", async ({
    browser,
    dashboard,
  }) => {
    const context = await browser.newContext({ baseURL: dashboard.baseUrl, locale: "en-GB", storageState: NOBODY });
    const page = await context.newPage();
    await new SignInPage(page).signInFor(dashboard.clusterPath, dashboard.accounts.users.viewer);
    const line = await new ActionsMenu(page).line("switchover");
    await expect(line).toHaveAttribute("aria-disabled", "true");
    await expect(line).toContainText(word("action.not.role"));
    // Pressed all the same, as a person would.
    await line.click({ force: true });
    await expect(new ActionDialog(page).dialog).toHaveCount(0);
    const answer = await page.request.post(`/api/v1${dashboard.clusterPath}/plans`, {
      data: RELOAD,
      headers: { origin: dashboard.baseUrl },
    });
    expect(answer.status()).toBe(403);
    await context.close();
  });

  test("a request from another site is refused, though it carries the session", async ({ page, dashboard }) => {
    await page.goto(dashboard.clusterPath);
    const paths = [`${dashboard.clusterPath}/plans`, `${dashboard.clusterPath}/operations`];
    for (const path of paths) {
      const answer = await page.request.post(`/api/v1${path}`, {
        data: RELOAD,
        headers: { origin: "https://evil.example" },
      });
      expect(answer.status(), path).toBe(403);
      expect(((await answer.json()) as { type: string }).type, path).toContain("cross-site");
    }
  });

  test("the leader is not made anew: its button says so, and a plan for it is blocked", async ({ page, dashboard }) => {
    const { menu, leader, dialog } = await openStage(page, dashboard);
    const line = await menu.line("reinitialize", { member: leader });
    await expect(line).toHaveAttribute("aria-disabled", "true");
    await expect(line).toContainText(leader);
    // Pressed all the same, as a person would.
    await line.click({ force: true });
    await expect(dialog.dialog).toHaveCount(0);
    const plan = await api.plan({ action: "reinitialize", member: memberName(leader), fromLeader: false });
    expect(plan.checks.filter(({ status }) => status === "block").map(({ id }) => id)).toContain("target-not-leader");
    const answer = await api.execute(plan);
    expect([answer.status, codeOf(answer)]).toEqual([422, "blocked"]);
  });
});

test("a plan that is too old is refused", async ({ dashboard, agedPlan: aged }) => {
  test.setTimeout(200_000);
  const over = Date.parse(aged.expiresAt) + 500;
  const left = over - Date.now();
  await until(() => (Date.now() > over ? true : undefined), {
    deadlineMs: Math.max(0, left) + 10_000,
    everyMs: 500,
    what: "the plan to expire",
  });
  const loads = await loadTimes();
  const answer = await apiOf(dashboard, "second").execute(aged);
  expect([answer.status, codeOf(answer)]).toEqual([409, "plan-expired"]);
  expect(await loadTimes(), "nothing was read again").toEqual(loads);
});
