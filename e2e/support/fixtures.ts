import { type BrowserContextOptions, test as base } from "@playwright/test";
import type { PlanAnswer } from "@/lib/contract/actions/plan";
import type { ActionRequest } from "@/lib/domain/actions/request";
import { SignInPage } from "../pages/sign-in-page";
import { type Accounts, makeAccounts } from "./accounts";
import { apiOf } from "./api";
import { type Dashboard, makeDashboard } from "./dashboard";
import { freePlan } from "./steady";

type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;
type WorkerFixtures = {
  /** Accounts of this run; hashing is slow on purpose, so they are made once. */
  accounts: Accounts;
  /** A dashboard on the lab that was ready; one for all specs of the worker. */
  dashboard: Dashboard;
  /** The cookies of a signed-in operator. */
  signedIn: StorageState;
  /** A plan of the second operator, made when a spec first asks for it: what asks long before it is used need not wait until it is too old. */
  agedPlan: PlanAnswer;
};

/** A page that nobody has signed in on: `test.use({ storageState: NOBODY })`. */
export const NOBODY: StorageState = { cookies: [], origins: [] };

/** Reload does no harm, should one of these be let through. */
export const RELOAD = { action: "reload", member: null } as const satisfies ActionRequest;

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
  agedPlan: [
    async ({ dashboard }, use) => {
      await use(await freePlan(apiOf(dashboard, "second"), RELOAD));
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ dashboard }, use) => {
    await use(dashboard.baseUrl);
  },
  storageState: async ({ signedIn }, use) => {
    await use(signedIn);
  },
});

export { expect } from "@playwright/test";
