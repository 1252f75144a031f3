import type { Locator, Page } from "@playwright/test";

/** The wall, as one sees it from across the room. */
export class WallPage {
  readonly page: Page;
  readonly screen: Locator;
  readonly tiles: Locator;
  /** Lies over the whole screen while it is not fed. */
  readonly cover: Locator;
  /** What a wall's link says while it signs in, or when it cannot. */
  readonly entry: Locator;
  readonly notice: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.locator("main[data-feed]");
    this.tiles = page.locator("[data-cluster]");
    this.cover = page.locator('[role="alert"][data-feed]');
    this.entry = page.locator("[data-entry]");
    this.notice = page.locator("[data-notice][role=alert]");
  }

  /** Tiles that look well. */
  get well(): Locator {
    return this.page.locator('[data-cluster][data-level="ok"], [data-cluster][data-level="info"]');
  }
}
