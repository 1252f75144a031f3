import type { Locator, Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** The page of charts. */
export class ReplicationPage {
  readonly page: Page;
  readonly main: Locator;
  readonly range: Locator;
  readonly backToLive: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
    this.main = page.locator('main[data-page="replication"]');
    this.range = page.getByRole("region", { name: word("replication.range.label", locale) });
    this.backToLive = this.range.getByRole("button", { name: word("replication.edge.back", locale) });
  }

  /** One chart by its id in `charts.title`, with everything that belongs to it. */
  chart(id: string): Locator {
    return this.main.getByRole("region", { name: word(`charts.title.${id}`, this.locale), exact: true });
  }

  /** The drawing of a chart, by the name that a screen reader tells. */
  drawing(id: string): Locator {
    return this.chart(id).getByRole("img", { name: word(`charts.title.${id}`, this.locale) });
  }

  /** Where the pointer and the arrow keys move over a chart. */
  plot(id: string): Locator {
    return this.chart(id).getByRole("slider");
  }

  preset(preset: string): Locator {
    return this.range.getByRole("button", { name: word(`replication.range.${preset}`, this.locale), exact: true });
  }

  async showTable(id: string): Promise<Locator> {
    await this.chart(id)
      .getByRole("button", { name: word("charts.table.show", this.locale) })
      .click();
    return this.chart(id).getByRole("table");
  }

  /** The highest figure in the columns of one line, in the metric's own unit; null without one. */
  async highestInTable(table: Locator, line: string): Promise<number | null> {
    return await table.evaluate((element, name) => {
      const heads = [...element.querySelectorAll("thead th")].slice(1);
      const own = heads.flatMap((head, index) => (head.textContent?.startsWith(name) ? [index] : []));
      const values = [...element.querySelectorAll("tbody tr")].flatMap((row) => {
        const cells = [...row.querySelectorAll("td")];
        return own.flatMap((index) => {
          const value = cells[index]?.getAttribute("data-value");
          return value === null || value === undefined ? [] : [Number(value)];
        });
      });
      return values.length === 0 ? null : Math.max(...values);
    }, line);
  }
}
