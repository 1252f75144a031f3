import type { Locator, Page } from "@playwright/test";
import { anyOf, type Locale, word } from "../support/words";

/** The bar over every page of the console. */
export class ConsoleHeader {
  readonly page: Page;
  readonly bar: Locator;
  readonly paletteButton: Locator;
  readonly palette: Locator;
  readonly paletteInput: Locator;
  /** The connection's state: `live`, `silent`, `disconnected`, … */
  readonly link: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
    this.bar = page.getByRole("banner");
    this.paletteButton = this.bar.getByRole("button", { name: word("palette.open", locale) });
    this.palette = page.getByRole("dialog", { name: word("palette.label", locale) });
    this.paletteInput = this.palette.getByPlaceholder(word("palette.placeholder", locale));
    this.link = this.bar.locator("[data-link]");
  }

  async choose(menu: RegExp | string, item: string): Promise<void> {
    await this.bar.getByRole("button", { name: menu }).click();
    await this.bar.getByRole("button", { name: item, exact: true }).click();
  }

  chooseTheme(theme: "light" | "dark" | "system"): Promise<void> {
    return this.choose(word("theme.label", this.locale), word(`theme.${theme}`, this.locale));
  }

  chooseLanguage(name: "English" | "Русский"): Promise<void> {
    return this.choose(word("locale.label", this.locale), name);
  }

  signOut(): Promise<void> {
    return this.choose(anyOf("user.menu", this.locale), word("user.signOut", this.locale));
  }
}
