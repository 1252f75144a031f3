import type { Locator, Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** What deviates in one cluster, and what the next failure would do to it, as a person sees them. */
export class FindingsPage {
  readonly page: Page;
  readonly main: Locator;
  /** Those that stand by themselves and those that follow from them, folded or not. */
  readonly findings: Locator;
  readonly failures: Locator;
  readonly nextFailure: Locator;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.main = page.locator('main[data-page="findings"]');
    this.findings = this.main.locator("[data-finding]");
    this.failures = this.main.locator("[data-failure]");
    this.nextFailure = this.main.getByRole("button", { name: word("findings.view.next-failure", locale), exact: true });
  }

  async open(clusterPath: string): Promise<void> {
    await this.page.goto(`${clusterPath}/findings`);
  }

  finding(id: string): Locator {
    return this.main.locator(`[data-finding="${id}"]`);
  }

  /** Opens a finding to what it means, what to do and what it rests on. */
  async unfold(id: string): Promise<void> {
    await this.finding(id).locator("button[aria-expanded]").first().click();
  }
}
