import type { Locator, Page } from "@playwright/test";
import { FAULTS } from "./matrix/faults";
import { matcher } from "./matrix/judge";
import { openScene, recover } from "./matrix/scene";
import { expect, test } from "./support/fixtures";

/** A few quick faults of the matrix (`npm run test:faults` carries all of them through), seen on the page as a person sees them. */
test.describe.configure({ timeout: 180_000 });

const QUICK = ["haproxy-killed-on-replica", "paused", "scheduled-switchover"] as const;

const SHOWN_WITHIN_MS = 45_000;
const GONE_WITHIN_MS = 60_000;

test.afterEach(() => recover());

/** The findings that stand on the page by their ids, folded ones too. */
const listed = (page: Page): Locator => page.locator("[data-finding]");
const ids = async (page: Page): Promise<string[]> =>
  await listed(page).evaluateAll((all) => all.map((one) => one.getAttribute("data-finding") ?? ""));

for (const name of QUICK) {
  test(`${name}: the finding is on the page, and goes`, async ({ page, dashboard }) => {
    const fault = FAULTS.find((one) => one.name === name);
    if (!fault) throw new Error(`no such fault: ${name}`);
    const scene = await openScene();
    const fits = fault.expect.map((wanted) => matcher(wanted, scene));
    const met = async () => {
      const shown = await ids(page);
      return fits.map((fit) => shown.some(fit));
    };
    await page.goto(`${dashboard.clusterPath}/findings`);
    await expect.poll(met, { timeout: GONE_WITHIN_MS, message: "nothing of it before" }).toEqual(fits.map(() => false));
    const repair = await fault.inject(scene);
    try {
      await expect.poll(met, { timeout: SHOWN_WITHIN_MS, message: "it is found" }).toEqual(fits.map(() => true));
    } finally {
      await repair();
      await scene.end();
      await recover();
    }
    await expect.poll(met, { timeout: GONE_WITHIN_MS, message: "it is gone" }).toEqual(fits.map(() => false));
  });
}
