import type { Locator, Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** The record of who did what, for admins. */
export class AuditPage {
  readonly page: Page;
  readonly main: Locator;
  readonly rows: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
    this.main = page.getByRole("main");
    this.rows = this.main.locator("[data-audit]");
  }

  async open(operationId?: string): Promise<void> {
    await this.page.goto(operationId ? `/audit?operation=${encodeURIComponent(operationId)}` : "/audit");
  }

  async verify(): Promise<void> {
    await this.main.getByRole("button", { name: word("auditPage.verify.button", this.locale) }).click();
  }
}
