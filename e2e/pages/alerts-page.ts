import type { Locator, Page } from "@playwright/test";
import { word } from "../support/words";

/** The alerts of all clusters, as a person sees them. */
export class AlertsPage {
  readonly page: Page;
  readonly main: Locator;
  readonly silences: Locator;
  readonly deliveries: Locator;
  /** The sheet that is filled in. */
  readonly sheet: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.locator('main[data-page="alerts"]');
    this.silences = this.main.locator("[data-silence]");
    this.deliveries = this.main.getByRole("region", { name: word("alertsPage.deliveries"), exact: true }).first();
    this.sheet = page.getByRole("dialog");
  }

  async open(baseUrl: string): Promise<void> {
    await this.page.goto(`${baseUrl}/alerts`);
  }

  /** The first alert of one group whose words hold these. */
  alert(group: "firing" | "acknowledged" | "silenced" | "resolved", about: string): Locator {
    return this.main.locator(`[data-group="${group}"] [data-alert]`).filter({ hasText: about }).first();
  }

  button(name: string | RegExp): Locator {
    return this.main.getByRole("button", { name });
  }

  /** Fills the open sheet in and sends it; resolves when it has closed. */
  async fill(field: string, words: string, deed: string, ends?: string): Promise<void> {
    await this.sheet.getByRole("textbox", { name: field, exact: true }).fill(words);
    if (ends !== undefined) await this.sheet.getByRole("radio", { name: ends, exact: true }).click();
    await this.sheet.getByRole("button", { name: deed, exact: true }).click();
    await this.sheet.waitFor({ state: "detached" });
  }
}
