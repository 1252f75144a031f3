import type { Locator, Page } from "@playwright/test";
import { word } from "../support/words";

/** The overview at a past moment. */
export class PastPage {
  readonly page: Page;
  readonly main: Locator;
  readonly title: Locator;
  readonly sentence: Locator;
  readonly next: Locator;
  readonly previous: Locator;
  readonly play: Locator;
  readonly pause: Locator;
  readonly backToLive: Locator;

  constructor(page: Page) {
    const button = (key: string) => page.getByRole("button", { name: word(key), exact: true });
    this.page = page;
    this.main = page.locator("main[data-past]");
    this.title = page.locator("[data-past-title]");
    this.sentence = this.main.locator("h2#verdict");
    this.next = button("replay.nextChange");
    this.previous = button("replay.previousChange");
    this.play = button("replay.play");
    this.pause = button("replay.pause");
    this.backToLive = page.getByRole("link", { name: word("replay.backToLive") });
  }

  speed(times: number): Locator {
    return this.page.locator("label").filter({ hasText: `${times}×` });
  }

  /** Every age and moment that the picture shows, in the order of the page. */
  times(): Promise<string[]> {
    return this.main.locator("time").allTextContents();
  }

  /** Keeps every sentence that stands on the page from now on. */
  async collectSentences(): Promise<() => Promise<string[]>> {
    await this.page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { saidOnPage: said });
      const note = () => {
        const text = document.querySelector("main[data-past] h2#verdict")?.textContent ?? null;
        if (text !== null && said.at(-1) !== text) said.push(text);
      };
      note();
      new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
    });
    return () => this.page.evaluate(() => (globalThis as unknown as { saidOnPage: string[] }).saidOnPage);
  }
}
