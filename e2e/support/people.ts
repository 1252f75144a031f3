import type { Browser, Page } from "@playwright/test";
import { ActionDialog } from "../pages/action-dialog";
import { RunPage } from "../pages/run-page";
import { RunbookPage } from "../pages/runbook-page";
import { SignInPage } from "../pages/sign-in-page";
import type { Role } from "./accounts";
import type { Dashboard } from "./dashboard";

/** Somebody who has signed in, in a browser of their own. */
export type Person = {
  readonly name: string;
  readonly page: Page;
  readonly runbooks: RunbookPage;
  readonly run: RunPage;
  readonly dialog: ActionDialog;
  leave(): Promise<void>;
};

export async function signIn(browser: Browser, dashboard: Dashboard, role: Role): Promise<Person> {
  const context = await browser.newContext({ baseURL: dashboard.baseUrl, locale: "en-GB" });
  const page = await context.newPage();
  const account = dashboard.accounts.users[role];
  await new SignInPage(page).signInFor(dashboard.clusterPath, account);
  return {
    name: account.name,
    page,
    runbooks: new RunbookPage(page),
    run: new RunPage(page),
    dialog: new ActionDialog(page),
    leave: () => context.close(),
  };
}
