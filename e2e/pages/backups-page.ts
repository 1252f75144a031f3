import type { Locator, Page } from "@playwright/test";

/** The backups of one cluster, as a person sees them. */
export class BackupsPage {
  readonly page: Page;
  readonly source: Locator;
  readonly rows: Locator;
  readonly archiving: Locator;

  constructor(page: Page, sourceId = "pgbackrest") {
    this.page = page;
    this.source = page.locator(`[data-backup-source="${sourceId}"]`);
    this.rows = page.locator(`[data-backups="${sourceId}"] [data-backup]`);
    this.archiving = page.locator("[data-archiving]");
  }

  row(label: string): Locator {
    return this.page.locator(`[data-backup="${label}"]`);
  }

  cell(label: string, column: string): Locator {
    return this.row(label).locator(`[data-column="${column}"]`);
  }

  /** Whole bytes, which stand in the title of a rounded figure. */
  async bytes(label: string, column: string): Promise<number> {
    const title = await this.cell(label, column).locator("[title]").getAttribute("title");
    return Number(/^(\d+) B$/.exec(title ?? "")?.[1] ?? Number.NaN);
  }
}
