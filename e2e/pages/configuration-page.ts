import { expect, type Locator, type Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** Patroni's dynamic configuration of one cluster. */
export class ConfigurationPage {
  readonly page: Page;
  readonly main: Locator;
  readonly draft: Locator;
  readonly pending: Locator;
  readonly changes: Locator;
  readonly text: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    const region = (key: string) => page.getByRole("region", { name: word(key, locale), exact: true });
    this.page = page;
    this.locale = locale;
    this.main = page.locator('main[data-page="configuration"]');
    this.draft = region("configurationPage.draft.title");
    this.pending = region("configurationPage.pending.title");
    this.changes = region("configurationPage.changes.title");
    this.text = page.getByRole("textbox", { name: word("configurationPage.yaml.label", locale) });
  }

  async open(clusterPath: string): Promise<void> {
    await this.page.goto(`${clusterPath}/configuration`);
    await expect(this.draft).toBeVisible();
  }

  setting(path: string): Locator {
    return this.main.locator(`[data-setting="${path}"]`);
  }

  async view(which: "form" | "yaml"): Promise<void> {
    await this.main.getByRole("button", { name: word(`configurationPage.view.${which}`, this.locale) }).click();
  }

  /** Sets a parameter of PostgreSQL, whether it is in the list already or not. */
  async setParameter(name: string, value: string): Promise<void> {
    const row = this.setting(`postgresql.parameters.${name}`);
    if ((await row.count()) > 0) return await row.getByRole("textbox").fill(value);
    await this.main.getByLabel(word("configurationPage.form.newName", this.locale), { exact: true }).fill(name);
    await this.main.getByLabel(word("configurationPage.form.newValue", this.locale), { exact: true }).fill(value);
    await this.main
      .getByRole("button", { name: word("configurationPage.form.addParameter", this.locale), exact: true })
      .click();
  }

  /** Opens the dialog on what was edited. */
  async change(): Promise<void> {
    await this.draft.getByRole("button", { name: word("configurationPage.draft.go", this.locale) }).click();
  }

  /** The newest change that was made for this reason. */
  changeFor(reason: string): Locator {
    return this.changes.locator("[data-change]").filter({ hasText: reason }).first();
  }

  /** Opens the dialog on what undoes a change. */
  async revert(reason: string): Promise<void> {
    const change = this.changeFor(reason);
    await change.getByRole("button", { name: word("configurationPage.revert.button", this.locale) }).click();
    await change.getByRole("button", { name: word("configurationPage.revert.go", this.locale), exact: true }).click();
  }

  /** Which members wait for a restart, by the page. */
  async waiting(): Promise<readonly string[]> {
    const rows = await this.pending.locator('[data-pending="yes"]').all();
    return (await Promise.all(rows.map((row) => row.getAttribute("data-pending-restart")))).map(String).sort();
  }
}
