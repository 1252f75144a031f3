import type { Locator, Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** The timeline of one cluster. */
export class HistoryPage {
  readonly page: Page;
  readonly main: Locator;
  readonly rows: Locator;
  readonly incidents: Locator;
  /** Tells of events that came since the list was read, and shows them when asked. */
  readonly fresh: Locator;
  readonly search: Locator;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.main = page.locator("main[data-page=history]");
    this.rows = this.main.locator("li[data-event]");
    this.incidents = page.getByRole("region", { name: word("historyPage.incidents.title", locale), exact: true });
    this.fresh = this.main.locator("button[data-fresh]");
    this.search = this.main.getByRole("searchbox", { name: word("historyPage.search", locale) });
  }

  /** Rows of one kind of event whose sentence has this text, newest first. */
  row(kind: string, text: string | RegExp): Locator {
    return this.main.locator(`li[data-kind="${kind}"]`).filter({ hasText: text });
  }

  group(name: string): Locator {
    return this.main.getByRole("button", { name, exact: true });
  }
}
