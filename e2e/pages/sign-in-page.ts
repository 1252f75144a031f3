import type { Locator, Page } from "@playwright/test";
import type { Account } from "../support/accounts";
import { type Locale, word } from "../support/words";

/** The sign-in page, as a person meets it. */
export class SignInPage {
  readonly page: Page;
  readonly user: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  /** What went wrong, announced to a screen reader too. */
  readonly problem: Locator;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.user = page.getByLabel(word("signIn.username", locale), { exact: true });
    this.password = page.getByLabel(word("signIn.password", locale), { exact: true });
    this.submit = page.getByRole("button", { name: word("signIn.submit", locale) });
    this.problem = page.getByRole("main").getByRole("alert");
  }

  async fill({ name, password }: Pick<Account, "name" | "password">): Promise<void> {
    await this.user.fill(name);
    await this.password.fill(password);
    await this.submit.click();
  }

  /** Opens the page as the one that was sent here from `path`, signs in, and is back at `path`. */
  async signInFor(path: string, account: Account): Promise<void> {
    await this.page.goto(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
    await this.fill(account);
    // What the page then shows is waited for by whoever looks for it.
    await this.page.waitForURL((url) => url.pathname === path, { waitUntil: "commit" });
  }

  /** Signs in and waits until the page is left. */
  async signIn(account: Account): Promise<void> {
    await this.fill(account);
    await this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }
}
