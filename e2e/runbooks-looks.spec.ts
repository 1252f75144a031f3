import { settle } from "@/lab/index";
import { RunPage } from "./pages/run-page";
import { RunbookPage } from "./pages/runbook-page";
import { expect, NOBODY, test } from "./support/fixtures";
import { signIn } from "./support/people";
import { expectReadableByAnybody } from "./support/readable";
import { followersOf, steady } from "./support/steady";

test.use({ storageState: NOBODY });
test.beforeAll(() => settle());

test("runbooks, one of them, and a run under way can be read by anybody", async ({ browser, dashboard }) => {
  const [candidate = ""] = followersOf((await steady()).leaderKey);
  const person = await signIn(browser, dashboard, "operator");
  const { page, runbooks, run } = person;
  try {
    await runbooks.openList(dashboard.clusterPath);
    await runbooks.choose("planned-switchover");
    const id = await runbooks.start({ candidate });
    await run.tick("announce");
    await run.isAt("long-transactions", 20_000);
    const openRun = () => page.goto(`${dashboard.clusterPath}/runs/${id}`);

    await expectReadableByAnybody(page, dashboard.baseUrl, [
      {
        name: "runbooks",
        show: async (locale) => {
          await new RunbookPage(page, locale).openList(dashboard.clusterPath);
          await expect(page.locator("[data-group] [data-runbook]").first()).toBeVisible();
        },
      },
      {
        name: "runbook",
        goesOn: true,
        show: (locale) => new RunbookPage(page, locale).choose("replica-broken"),
      },
      {
        name: "run",
        show: async (locale) => {
          await openRun();
          await new RunPage(page, locale).isAt("long-transactions");
        },
      },
    ]);

    await test.step("and it is given up, as others look at this cluster too", async () => {
      await page.context().clearCookies({ name: "matriarch-locale" });
      await openRun();
      await run.withWords("abandon", "it was begun to be looked at");
      await run.is("abandoned");
    });
  } finally {
    await person.leave();
  }
});
