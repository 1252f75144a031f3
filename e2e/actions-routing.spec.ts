import { Client } from "pg";
import { credentials, HOSTS, type HostName, hostAddress, PORTS, readTruth, SCOPE, settle } from "@/lab/index";
import { READ_POOL } from "@/lab/settings";
import { ActionDialog } from "./pages/action-dialog";
import { PostgresPage } from "./pages/postgres-page";
import { RoutingPage } from "./pages/routing-page";
import { expectUnchanged, openStage, sql } from "./support/acting";
import { expect, test } from "./support/fixtures";
import { listedLeader } from "./support/patronictl";
import { expectReadableNow } from "./support/readable";
import { makeBlockingChain } from "./support/sessions";
import { until } from "./support/until";
import { word } from "./support/words";

test.describe.configure({ timeout: 150_000 });

test.beforeAll(() => settle());
test.afterEach(() => settle());

const SOON_MS = 45_000;

/** What every HAProxy says of a server of the read pool, by the hosts' own word. */
async function readPool(server: string): Promise<readonly (string | undefined)[]> {
  const { hosts } = await readTruth();
  return HOSTS.map((host) => hosts[host]?.haproxy?.read[server]);
}

test("a server is drained on every HAProxy, and returned", async ({ page, dashboard }) => {
  const { leader, replicas, truth } = await openStage(page, dashboard);
  const [replica] = replicas;
  const dialog = new ActionDialog(page);
  const routing = new RoutingPage(page);
  await page.goto(`${dashboard.clusterPath}/routing`);
  const menu = routing.main.getByRole("button", {
    name: word("routingActions.server.label").replace("{server}", replica).replace("{pool}", READ_POOL),
  });
  const everywhere = page.getByRole("group", { name: word("routingActions.server.onAll") });

  await menu.click();
  await expectReadableNow(page, "the menu of a server");
  await everywhere.getByRole("button", { name: word("routingActions.server.state.drain") }).click();
  await dialog.execute(SCOPE, "reports are moved away");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  for (const told of await readPool(replica)) expect(told).toMatch(/^DRAIN/);
  await expect(routing.cell(READ_POOL, replica, 0)).toContainText(word("haproxy.status.drain"), { timeout: 15_000 });

  await menu.click();
  await everywhere.getByRole("button", { name: word("routingActions.server.state.ready") }).click();
  await dialog.execute(SCOPE, "reports come back");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  await expect.poll(() => readPool(replica), { timeout: 20_000 }).toEqual(HOSTS.map(() => "UP"));
  await expectUnchanged(truth);
  expect(await listedLeader(replica)).toBe(leader);
});

/** Whether a client of a member's PgBouncer is answered within a moment. */
async function served(host: HostName): Promise<boolean> {
  const client = new Client({
    host: hostAddress(host),
    port: PORTS.pgbouncer,
    user: "bench",
    password: credentials().bench,
    database: "bench",
    query_timeout: 1_500,
    connectionTimeoutMillis: 1_500,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    client.connection.stream.destroy();
  }
}

test("a PgBouncer holds its clients back, and lets them go on", async ({ page, dashboard }) => {
  const { leader, replicas, truth } = await openStage(page, dashboard);
  const [replica] = replicas;
  const dialog = new ActionDialog(page);
  expect(await served(replica)).toBe(true);
  await page.goto(`${dashboard.clusterPath}/routing`);
  const menu = page.getByRole("button", { name: word("routingActions.pooler.label").replace("{member}", replica) });
  const all = page.getByRole("group", { name: word("routingActions.pooler.onAll") });

  await menu.click();
  await all.getByRole("button", { name: word("routingActions.pooler.pgbouncer-pause") }).click();
  await dialog.execute(SCOPE, "a short stop for maintenance");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  expect(await served(replica)).toBe(false);

  // It is looked at every quarter of a minute; until then the button says what it knows.
  await until(
    async () => {
      await page.reload();
      await menu.click();
      const button = all.getByRole("button", { name: word("routingActions.pooler.pgbouncer-resume") });
      return (await button.getAttribute("aria-disabled")) === "true" ? undefined : true;
    },
    { deadlineMs: 30_000, everyMs: 500, what: "the pause to be seen" },
  );
  await all.getByRole("button", { name: word("routingActions.pooler.pgbouncer-resume") }).click();
  await dialog.execute(SCOPE, "done");
  await dialog.ends("done", SOON_MS);
  await dialog.close();
  expect(await served(replica)).toBe(true);
  await expectUnchanged(truth);
  expect(await listedLeader(replica)).toBe(leader);
});

test("a session that blocks others is terminated, with its query and what waits for it in sight", async ({
  page,
  dashboard,
}) => {
  const { leader, truth } = await openStage(page, dashboard);
  const chain = await makeBlockingChain();
  try {
    const [root, middle, last] = chain.pids;
    const postgres = new PostgresPage(page);
    const dialog = new ActionDialog(page);
    await postgres.open(dashboard.clusterPath, "activity", leader);
    const label = word("backendActions.backend-terminate.label").replace("{pid}", String(root));
    await postgres.blocking.getByRole("button", { name: label }).click();
    await dialog.free();
    await expect(dialog.dialog).toContainText("e2e-holder");
    for (const pid of [middle, last]) await expect(dialog.dialog).toContainText(String(pid));
    await expect(dialog.dialog).toContainText("UPDATE e2e_blocking");
    await dialog.execute(SCOPE, "it holds everybody up");
    await dialog.ends("done", SOON_MS);
    await dialog.close();
    expect(await sql(leader, `SELECT count(*) FROM pg_stat_activity WHERE pid = ${root}`)).toBe("0");
    // Whoever waited for it goes on.
    expect(await sql(leader, `SELECT cardinality(pg_blocking_pids(${middle}))`)).toBe("0");
    await expectUnchanged(truth);
  } finally {
    await chain.end();
  }
});
