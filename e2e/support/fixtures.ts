import { type BrowserContextOptions, test as base } from "@playwright/test";
import { SignInPage } from "../pages/sign-in-page";
import { type Accounts, makeAccounts } from "./accounts";
import { type Dashboard, makeDashboard } from "./dashboard";

type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;
type WorkerFixtures = {
  /** Accounts of this run; hashing is slow on purpose, so they are made once. */
  accounts: Accounts;
  /** A dashboard on the lab that was ready; one for all specs of the worker. */
  dashboard: Dashboard;
  /** The cookies of a signed-in operator. */
  signedIn: StorageState;
};

/** A page that nobody has signed in on: `test.use({ storageState: NOBODY })`. */
export const NOBODY: StorageState = { cookies: [], origins: [] };

export const test = base.extend<object, WorkerFixtures>({
  accounts: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
    async ({}, use) => {
      await use(await makeAccounts());
    },
    { scope: "worker" },
  ],
  dashboard: [
    async ({ accounts }, use) => {
      const dashboard = await makeDashboard({ name: "shared", accounts });
      await dashboard.start();
      await dashboard.ready();
      await use(dashboard);
      await dashboard.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  signedIn: [
    async ({ browser, dashboard }, use) => {
      const page = await browser.newPage({ baseURL: dashboard.baseUrl, locale: "en-GB" });
      await page.goto("/sign-in");
      await new SignInPage(page).signIn(dashboard.accounts.users.operator);
      const state = await page.context().storageState();
      await page.close();
      await use(state);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ dashboard }, use) => {
    await use(dashboard.baseUrl);
  },
  storageState: async ({ signedIn }, use) => {
    await use(signedIn);
  },
});

export { expect } from "@playwright/test";
