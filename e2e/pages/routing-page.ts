import type { Locator, Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** The page of pools and of the DCS. */
export class RoutingPage {
  readonly main: Locator;
  readonly dcs: Locator;
  readonly tree: Locator;
  readonly readTree: Locator;
  readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    const region = (key: string) => page.getByRole("region", { name: word(key, locale), exact: true }).first();
    this.locale = locale;
    this.main = page.locator('main[data-page="routing"]');
    this.dcs = region("routingPage.dcs.title");
    this.tree = region("routingPage.tree.title");
    this.readTree = this.tree.getByRole("button", { name: word("routingPage.tree.read", locale) });
  }

  /** What the HAProxy in the given column says of a server of a pool. */
  cell(pool: string, server: string, column: number): Locator {
    const name = word("routingPage.pool", this.locale).replace("{pool}", pool);
    const row = this.main.getByRole("table", { name }).getByRole("row", { name: server });
    return row.getByRole("cell").nth(column);
  }
}
