import { HOSTS, readTruth, settle } from "@/lab/index";
import { PostgresPage } from "./pages/postgres-page";
import { SignInPage } from "./pages/sign-in-page";
import { expect, NOBODY, test } from "./support/fixtures";
import { expectReadableByAnybody, LOOKS, type View } from "./support/readable";
import { type Chain, makeBlockingChain } from "./support/sessions";
import { word } from "./support/words";

/** The tabs of the page, as they stand in the address. */
const VIEWS = ["activity", "replication", "wal", "databases", "tables", "vacuum", "statements", "settings"] as const;
let chain: Chain;

test.beforeAll(async () => {
  await settle();
  chain = await makeBlockingChain();
});
test.afterAll(() => chain.end());

test("an operator sees who blocks whom, as a tree that folds by keyboard, and with the queries", async ({
  page,
  dashboard,
}) => {
  const postgres = new PostgresPage(page);
  await postgres.open(dashboard.clusterPath, "activity");
  const [root, middle, last] = chain.pids;
  await expect(postgres.blocked(root)).toContainText("e2e-holder");
  await expect(postgres.blocked(root)).toContainText(word("postgres.state.idle-in-transaction"));
  await expect(postgres.blocked(middle)).toContainText("SET v = 2 WHERE id = 1");
  await expect(postgres.blocked(last)).toBeVisible();
  await postgres.fold(middle).press("Enter");
  await expect(postgres.blocked(last)).toBeHidden();
  await postgres.fold(middle).press("Enter");
  await expect(postgres.blocked(last)).toBeVisible();
  await expect(postgres.sessions.locator('[data-own="true"]').first()).toContainText(word("postgres.sessions.own"));
});

test("a viewer sees the same tree and no query, on the page and in the answer", async ({ browser, dashboard }) => {
  const context = await browser.newContext({ baseURL: dashboard.baseUrl, locale: "en-GB", storageState: NOBODY });
  const page = await context.newPage();
  await new SignInPage(page).signInFor(dashboard.clusterPath, dashboard.accounts.users.viewer);
  const bodies: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/inspect/")) void response.text().then((text) => bodies.push(text));
  });
  const postgres = new PostgresPage(page);
  await postgres.open(dashboard.clusterPath, "activity");
  await expect(postgres.blocked(chain.pids[1])).toContainText(word("postgres.query.hidden"));
  await expect(page.getByText("e2e_blocking")).toHaveCount(0);
  await postgres.topics.getByRole("link", { name: word("postgres.view.statements"), exact: true }).click();
  await expect(postgres.panel("postgres.statements.title").getByRole("row").nth(1)).toContainText(
    word("postgres.query.hidden"),
  );
  await expect.poll(() => bodies.length).toBeGreaterThan(1);
  expect(bodies.filter((body) => body.includes("e2e_blocking") || /SELECT|UPDATE/.test(body))).toEqual([]);
  await context.close();
});

test("every topic of every member answers; the leader stands first", async ({ page, dashboard }) => {
  const { leaderKey } = await readTruth();
  const postgres = new PostgresPage(page);
  await postgres.open(dashboard.clusterPath, "activity");
  await expect(postgres.members.getByRole("link").first()).toContainText(leaderKey ?? "");
  await expect(postgres.members.getByRole("link")).toHaveCount(HOSTS.length);
  const replica = HOSTS.find((host) => host !== leaderKey) ?? "";
  for (const member of [leaderKey ?? "", replica]) {
    for (const view of VIEWS) {
      await postgres.open(dashboard.clusterPath, view, member);
      const settled = postgres.main.locator("[data-inspect-state]");
      if (view !== "settings") {
        await expect(settled.first()).toHaveAttribute("data-inspect-state", "fresh");
        await expect(postgres.main.locator('[data-inspect-state="failed"]')).toHaveCount(0);
      } else await expect(postgres.panel("postgres.settings.restart")).toContainText(member);
    }
  }
});

test("a member that is not there is said to be none, without a word of another", async ({ page, dashboard }) => {
  const postgres = new PostgresPage(page);
  await postgres.open(dashboard.clusterPath, "activity", "nobody");
  await expect(postgres.sessions).toContainText(word("problem.not-found"));
  await expect(postgres.sessions.getByRole("row")).toHaveCount(0);
});

/** Where the tables are widest. */
const WIDEST = ["activity", "statements"] as const;

test("it can be read by anybody", async ({ page, dashboard }) => {
  const view = (name: (typeof VIEWS)[number]): View => ({
    name: `postgres-${name}`,
    show: async (locale) => {
      const postgres = new PostgresPage(page, locale);
      await postgres.open(dashboard.clusterPath, name);
      if (name === "settings") await expect(postgres.panel("postgres.settings.restart")).toContainText("node1");
      else await expect(postgres.main.locator('[data-inspect-state="fresh"]').first()).toBeVisible();
    },
  });
  await expectReadableByAnybody(page, dashboard.baseUrl, WIDEST.map(view));
  const others = VIEWS.filter((name) => !WIDEST.some((one) => one === name));
  await expectReadableByAnybody(page, dashboard.baseUrl, others.map(view), LOOKS.slice(0, 1));
});
