import type { Locator, Page } from "@playwright/test";

/** What was done on one cluster, or refused. */
export class OperationsPage {
  readonly page: Page;
  readonly main: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.locator('main[data-page="operations"]');
    this.rows = this.main.locator("li[data-operation]");
  }

  async open(clusterPath: string): Promise<void> {
    await this.page.goto(`${clusterPath}/operations`);
  }

  row(id: string): Locator {
    return this.main.locator(`li[data-operation="${id}"]`);
  }
}
